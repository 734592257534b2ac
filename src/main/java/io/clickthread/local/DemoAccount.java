package io.clickthread.local;

import io.clickthread.account.Tokens;
import io.clickthread.store.Sql;
import io.clickthread.system.Ids;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The account of the first run; its number, dataset and token are good for the simulator. */
@Component
@Profile("local")
public class DemoAccount {

    /** The account's id. */
    public static final String ID = "0c1ed0000000000000000001";
    /** Its WhatsApp Business Account. */
    public static final String WABA_ID = "100200300400501";
    /** Cloud API's id of its number. */
    public static final String PHONE_NUMBER_ID = "100200300400601";
    /** Where its conversions go. */
    public static final String DATASET_ID = "100200300400701";
    /** Its number as Meta shows it. */
    public static final String DISPLAY_PHONE_NUMBER = "+1 555-010-0100";
    /** Its business's name. */
    public static final String VERIFIED_NAME = "Clickthread Demo";

    /** Connects the account, or does so again: what was changed stays, the token fits today's encryption key. */
    DemoAccount(JdbcClient jdbc, Tokens tokens) {
        jdbc.sql(Sql.read("connect-demo-account"))
                .param("id", ID)
                .param("channelId", Ids.next())
                .param("wabaId", WABA_ID)
                .param("phoneNumberId", PHONE_NUMBER_ID)
                .param("displayPhoneNumber", DISPLAY_PHONE_NUMBER)
                .param("verifiedName", VERIFIED_NAME)
                .param("datasetId", DATASET_ID)
                .param("accessToken", tokens.seal("EAAdemo", WABA_ID))
                .param("accessTokenKey", tokens.keyId())
                .update();
    }
}
