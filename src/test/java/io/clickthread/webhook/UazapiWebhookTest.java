package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** uazapi's webhooks, which name fields as libraries in Go do, with values of our own. */
class UazapiWebhookTest {

    private final TestChannel channel = TestChannel.open(Server.shared(), "uazapi", "inst-" + Webhooks.unique());
    private final TestAccount account = channel.account;
    private final String phone = Webhooks.phone();

    @ParameterizedTest
    @ValueSource(strings = {"ctwaClid", "ctwaCLID"})
    void anAdClickIsCaptured(String name) {
        assertThat(channel.send(sample(name)).status()).isEqualTo(200);

        JsonNode click = account.clicks(phone).get(0);
        assertThat(click.path("ctwa_clid").asText()).isEqualTo("ARAuaz");
        assertThat(click.path("source_id").asText()).isEqualTo("120219990000000000");
        assertThat(click.path("source_type").asText()).isEqualTo("ad");
        assertThat(click.path("source_url").asText()).isEqualTo("https://fb.me/u1");
        assertThat(click.path("headline").asText()).isEqualTo("Fale conosco");
        assertThat(click.path("body").asText()).isEqualTo("Oferta");
        assertThat(click.path("media_type").asText()).isEqualTo("image");
        assertThat(click.path("message_id").asText()).isEqualTo("3EB0" + phone);
        assertThat(click.path("clicked_at").asText()).isEqualTo("2026-02-03T10:30:00.000Z");
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo("Rui");
    }

    @Test
    void aWrongOrMissingSecretIsRefusedAndNothingIsStored() {
        assertThat(channel.post(sample("ctwaClid")).status()).isEqualTo(401);
        assertThat(channel.post(sample("ctwaClid"), "X-Webhook-Secret", "wrong").status()).isEqualTo(401);
        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void ownMessagesGroupsAndOtherEventsAreNoContacts() {
        channel.send(sample("ctwaClid").replace("\"fromMe\":false", "\"fromMe\":true"));
        channel.send(sample("ctwaClid").replace("\"isGroup\":false", "\"isGroup\":true"));
        channel.send("{\"EventType\":\"connection\",\"instance\":{\"status\":\"connected\"}}");

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"object\":\"whatsapp_business_account\",\"entry\":[]}", "[]", "null", "{", "{\"message\":[]}",
        "{\"event\":\"message\",\"session\":\"default\",\"payload\":{\"from\":\"628123456789@c.us\",\"id\":\"1\"}}",
        "{\"event\":\"message.received\",\"message\":{\"platformMessageId\":\"1\",\"sender\":{\"id\":\"628123456789\"}}}",
        "{\"EventType\":\"messages\",\"message\":{\"messageid\":[],\"sender\":3,\"content\":7,\"messageTimestamp\":{}}}",
        "{\"EventType\":\"messages\",\"message\":{\"messageid\":\"1\",\"sender\":\"628123456789@s.whatsapp.net\",\"content\":"
                + "{\"contextInfo\":{\"externalAdReply\":{\"ctwaCLID\":[]}}}}}"})
    void whatIsNoneOfItsMessagesIsKept(String body) {
        assertThat(channel.send(body).status()).isEqualTo(200);

        assertThat(channel.quarantined()).isEqualTo(1);
        assertThat(account.conversation("628123456789")).isNull();
    }

    private String sample(String clickId) {
        return """
                {"EventType":"messages","instanceName":"%s","owner":"5511900000002","message":{"id":"5511900000002:3EB0%s",
                 "messageid":"3EB0%s","chatid":"%s@s.whatsapp.net","fromMe":false,"isGroup":false,"sender":"66%s@lid",
                 "sender_lid":"66%s@lid","sender_pn":"%s@s.whatsapp.net","senderName":"Rui","messageTimestamp":1770114600000,
                 "text":"Oi","content":{"text":"Oi","contextInfo":{"conversionSource":"FB_Ads","entryPointConversionSource":"ctwa_ad",
                  "externalAdReply":{"title":"Fale conosco","body":"Oferta","mediaType":1,"thumbnailURL":"https://scontent.example/t",
                   "sourceType":"ad","sourceID":"120219990000000000","sourceURL":"https://fb.me/u1","%s":"ARAuaz"}}}}}"""
                .formatted(channel.key, phone, phone, phone, phone, phone, phone, clickId);
    }
}
