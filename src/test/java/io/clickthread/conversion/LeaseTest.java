package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Senders that died, and what the settings make of it. */
class LeaseTest {

    private static final Server RESENDING = Server.start(Map.of("clickthread.delivery.unknown", "resend",
            "clickthread.delivery.lease-check", "100ms", "clickthread.conversions.click", "last-click"));
    private static final Server HOLDING = Server.start(Map.of("clickthread.delivery.lease-check", "100ms"));

    @AfterAll
    static void stop() {
        RESENDING.stop();
        HOLDING.stop();
    }

    @Test
    void aConversionWhoseSenderDiedIsHeldAsUnknown() {
        TestAccount account = TestAccount.connect(HOLDING);
        String id = dying(account);

        await().untilAsserted(() -> assertThat(show(account, id).path("status").asText()).isEqualTo("unknown"));

        assertThat(show(account, id).path("reason").asText()).contains("not known");
        assertThat(HOLDING.graph.calls(account.datasetId + "/events")).as("calls after the first").hasSize(1);
    }

    @Test
    void theSettingResendSendsItAgain() {
        TestAccount account = TestAccount.connect(RESENDING);
        String id = dying(account);

        await().untilAsserted(() -> assertThat(show(account, id).path("status").asText()).isEqualTo("delivered"));

        assertThat(RESENDING.graph.calls(account.datasetId + "/events")).hasSize(2);
    }

    @Test
    void theSettingResendAlsoSendsAfterSilence() {
        TestAccount account = TestAccount.connect(RESENDING);
        RESENDING.graph.next(account.datasetId + "/events", Reaction.reset());
        String id = account.convert(account.clicked("clid"), "Purchase", "1").json().path("conversionId").asText();

        await().untilAsserted(() -> assertThat(show(account, id).path("status").asText()).isEqualTo("delivered"));
    }

    @Test
    void theSettingLastClickSendsTheLastClick() {
        TestAccount account = TestAccount.connect(RESENDING);
        String phone = account.clicked("first");
        account.receive(Webhooks.click(phone, "last", TestAccount.now() + 10));
        account.receive(Webhooks.click(phone, null, TestAccount.now() + 20));
        account.receive(Webhooks.click(phone, "between", TestAccount.now() + 5));

        account.convert(phone, "Purchase", "1");

        assertThat(RESENDING.graph.calls(account.datasetId + "/events").get(0).event()
                .at("/user_data/ctwa_clid").asText()).isEqualTo("last");
        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo("first");
    }

    /** As a sender leaves it that dies before it has written down what it did. */
    private static String dying(TestAccount account) {
        account.convert(account.clicked("clid"), "Purchase", "1");
        String id = account.server.database().queryForObject("select id from conversion where account_id = ?",
                String.class, account.id);
        account.server.database().update("delete from history where conversion_id = ?", id);
        account.server.database().update("update conversion set state = 'sending', due_at = now() - interval '1 second' "
                + "where id = ?", id);
        return id;
    }

    private static JsonNode show(TestAccount account, String id) {
        return account.server.call("GET", "/api/v1/whatsapp/conversions/" + id, null).json();
    }
}
