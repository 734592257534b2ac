package io.clickthread.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.http.Request;
import io.clickthread.support.Server;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated webhooks have their fields where the providers' documents have them, whatever the adapters think. */
class ProviderShapesTest {

    private static final String META = "/entry/0/changes/0/value/messages/0";

    private final Server server = Server.shared();
    private final String phone = Webhooks.phone();

    @ParameterizedTest
    @CsvSource({
        "meta,       " + META + "/referral/ctwa_clid,                        " + META + "/from,               {phone}",
        "360dialog,  " + META + "/referral/ctwa_clid,                        " + META + "/from,               {phone}",
        "gupshup,    " + META + "/referral/ctwa_clid,                        " + META + "/from,               {phone}",
        "passthrough," + META + "/referral/ctwa_clid,                        " + META + "/from,               {phone}",
        "whapi,      /messages/0/context/ad/ctwa,                            /messages/0/chat_id,             {phone}@s.whatsapp.net",
        "evolution,  /data/contextInfo/externalAdReply/ctwaClid,             /data/key/remoteJidAlt,          {phone}@s.whatsapp.net",
        "uazapi,     /message/content/contextInfo/externalAdReply/ctwaClid,  /message/sender_pn,              {phone}@s.whatsapp.net",
        "gowa,       /payload/referral/ctwa_clid,                            /payload/from,                   {phone}@s.whatsapp.net",
        "zernio,     /metadata/referral/ctwa_clid,                           /message/sender/phoneNumber,     +{phone}",
        "chatwoot,   /content_attributes/referral/ctwa_clid,                 /sender/phone_number,            +{phone}",
        "infobip,    /results/0/message/referral/ctwaClickId,                /results/0/from,                 {phone}",
        "vonage,     /whatsapp/referral/ctwa_clid,                           /from,                           {phone}",
        "ycloud,     /whatsappInboundMessage/referral/ctwa_clid,             /whatsappInboundMessage/from,    +{phone}",
        "generic,    /messages/0/ad/clickId,                                 /messages/0/from,                +{phone}"})
    void clickIdAndSenderAreWhereTheProviderHasThem(String provider, String clickId, String sender, String expected)
            throws IOException {
        JsonNode webhook = Server.JSON.readTree(made(provider).body());

        assertThat(webhook.at(clickId).asText()).isEqualTo("ARA-" + phone);
        assertThat(webhook.at(sender).asText()).isEqualTo(expected.replace("{phone}", phone));
    }

    @ParameterizedTest
    @CsvSource({"baileys,/messages/0/message,/messages/0/key/remoteJid,s.whatsapp.net",
        "waha,/payload/_data/message,/payload/from,c.us"})
    void theAdIsInsideTheMessageAsTheLibraryHasIt(String provider, String message, String sender, String host)
            throws IOException {
        JsonNode webhook = Server.JSON.readTree(made(provider).body());

        assertThat(webhook.at(message + "/extendedTextMessage/contextInfo/externalAdReply/ctwaClid").asText())
                .isEqualTo("ARA-" + phone);
        assertThat(webhook.at(sender).asText()).isEqualTo(phone + "@" + host);
    }

    @Test
    void twilioSendsAForm() throws IOException {
        SimulatedClick.Delivery made = made("twilio");

        assertThat(made.contentType()).isEqualTo("application/x-www-form-urlencoded");
        assertThat(new String(made.body(), StandardCharsets.US_ASCII).split("&")).contains("WaId=" + phone,
                "From=whatsapp%3A%2B" + phone, "ReferralCtwaClid=ARA-" + phone, "Body=Hello%2C+I+saw+your+ad.");
    }

    private SimulatedClick.Delivery made(String provider) throws IOException {
        return made(server, Map.of("provider", provider, "phone", phone, "clickId", "ARA-" + phone));
    }

    /** What the simulator would deliver first for these wishes. */
    static SimulatedClick.Delivery made(Server server, Map<String, ?> wishes) throws IOException {
        return server.context.getBean(SimulatedClicks.class).make(new Request("/simulator/click", "/simulator/click", Map.of(),
                Map.of(), name -> null, Server.json(wishes))).deliveries().get(0);
    }
}
