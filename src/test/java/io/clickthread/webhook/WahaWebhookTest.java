package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.Signed;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WAHA's webhooks with what each of its engines puts into {@code _data}, with values of our own. */
class WahaWebhookTest {

    private static final String AD = """
            {"title":"Chat with us","body":"Spring sale","mediaType":1,"sourceType":"ad","%s":"120217770000000000","%s":"https://fb.me/w1",
             "showAdAttribution":true,"%s":"ARAwaha-%s"}""";

    private final TestChannel channel = TestChannel.open(Server.shared(), "waha", "session-" + Webhooks.unique());
    private final TestAccount account = channel.account;
    private final String phone = Webhooks.phone();
    private final String lid = "88" + phone;

    @Test
    void noweb() {
        assertThat(send(sample("NOWEB", """
                {"key":{"remoteJid":"%s@s.whatsapp.net","fromMe":false,"id":"3EB0%s"},"pushName":"Mia","message":{
                 "extendedTextMessage":{"text":"Hi","contextInfo":{"conversionSource":"FB_Ads","entryPointConversionSource":"ctwa_ad",
                  "externalAdReply":%s}}}}""".formatted(phone, phone, ad("sourceId", "sourceUrl", "ctwaClid")))).status()).isEqualTo(200);

        JsonNode click = capturedFromItsAd();
        assertThat(click.path("clicked_at").asText()).isEqualTo("2026-02-03T10:30:00.000Z");
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo("Mia");
    }

    @Test
    void gowsKnowsWhoHidesTheNumberByBoth() {
        String body = sample("GOWS", """
                {"Info":{"Chat":"%s@lid","Sender":"%s@lid","SenderAlt":"%s@s.whatsapp.net","ID":"3EB0%s","PushName":"Mia"},
                 "Message":{"imageMessage":{"JPEGThumbnail":[%s1],"contextInfo":{"externalAdReply":%s}}}}""".formatted(lid, lid,
                phone, phone, "255,".repeat(6_000), ad("sourceID", "sourceURL", "ctwaCLID"))).replace(phone + "@c.us\"", lid + "@lid\"");
        assertThat(send(body).status()).isEqualTo(200);

        capturedFromItsAd();
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo("Mia");
    }

    @Test
    void webjs() {
        assertThat(send(sample("WEBJS", """
                {"notifyName":"Mia","ctwaContext":%s}""".formatted(ad("sourceId", "sourceUrl", "ctwaClid")))).status()).isEqualTo(200);

        capturedFromItsAd();
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo("Mia");
    }

    @Test
    void aContextOfAnAdWithoutAClickIdIsATouch() {
        send(sample("WEBJS", "{\"ctwaContext\":{\"sourceUrl\":\"https://fb.me/w1\",\"description\":\"Spring sale\"}}"));

        JsonNode click = account.clicks(phone).get(0);
        assertThat(click.hasNonNull("ctwa_clid")).isFalse();
        assertThat(click.path("body").asText()).isEqualTo("Spring sale");
    }

    @Test
    void theMessageHasTheIdThatOtherProvidersKnowItBy() {
        send(sample("WEBJS", "{\"ctwaContext\":%s}".formatted(ad("sourceId", "sourceUrl", "ctwaClid"))));

        assertThat(account.clicks(phone).get(0).toString()).contains("3EB0" + phone).doesNotContain("@c.us");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quotedMessage", "quotedMsg", "quoted"})
    void theAdOfAQuotedMessageIsNoClick(String name) {
        send(sample("NOWEB", "{\"message\":{\"contextInfo\":{\"%s\":{\"a\":{\"contextInfo\":{\"externalAdReply\":%s}}}}}}"
                .formatted(name, ad("sourceId", "sourceUrl", "ctwaClid"))));

        assertThat(account.conversation(phone)).isNotNull();
        assertThat(account.clicks(phone)).isEmpty();
    }

    @Test
    void aWrongOrMissingSignatureIsRefusedAndNothingIsStored() {
        byte[] body = Server.json(sample("NOWEB", "{}"));

        assertThat(channel.post(body).status()).isEqualTo(401);
        assertThat(channel.post(body, "X-Webhook-Hmac", Signed.hex("HmacSHA512", body, "another key")).status()).isEqualTo(401);
        assertThat(channel.post(body, "X-Webhook-Hmac", Signed.hex("HmacSHA256", body, TestChannel.SECRET)).status()).isEqualTo(401);
        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void theSameMessageFirstBareAndThenWithItsAdIsCompleted() {
        send(sample("NOWEB", "{}"));
        assertThat(account.clicks(phone)).isEmpty();

        String complete = sample("NOWEB", "{\"message\":{\"contextInfo\":{\"externalAdReply\":%s}}}".formatted(
                ad("sourceId", "sourceUrl", "ctwaClid")));
        send(complete);
        send(complete.replace("\"event\":\"message\"", "\"event\":\"message.any\""));
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void ownMessagesGroupsAndAcknowledgementsAreNoContacts() {
        send(sample("NOWEB", "{}").replace("\"fromMe\":false", "\"fromMe\":true"));
        send(sample("NOWEB", "{}").replace("\"from\":\"" + phone + "@c.us", "\"from\":\"12036@g.us"));
        send(sample("NOWEB", "{}").replace("\"event\":\"message\"", "\"event\":\"message.ack\""));
        send(sample("NOWEB", "{}").replace("\"event\":\"message\"", "\"event\":\"session.status\""));

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"object\":\"whatsapp_business_account\",\"entry\":[]}", "[]", "1e999999999", "null", "{",
        "{\"event\":\"messages.upsert\",\"instance\":\"a\",\"data\":{}}", "{\"event\":\"message\",\"session\":\"a\",\"payload\":[]}",
        "{\"event\":\"message\",\"session\":\"a\",\"payload\":{\"id\":{},\"from\":7,\"timestamp\":[],\"_data\":3}}",
        "{\"event\":\"message\",\"session\":\"a\",\"payload\":{\"id\":\"1\",\"from\":\"628123456789@c.us\",\"_data\":"
                + "{\"contextInfo\":{\"externalAdReply\":{\"ctwaClid\":[1]}}}}}"})
    void whatIsNoneOfItsMessagesIsKept(String body) {
        assertThat(send(body).status()).isEqualTo(200);

        assertThat(channel.quarantined()).isEqualTo(1);
        assertThat(account.conversation("628123456789")).isNull();
    }

    @Test
    void nestingWithoutEndAndMillionsOfObjectsCostNothingButThemselves() {
        assertThat(send(sample("NOWEB", "{\"a\":".repeat(900) + "1" + "}".repeat(900))).status()).isEqualTo(200);
        assertThat(account.conversation(phone)).as("too deep for an ad, but a message").isNotNull();
        assertThat(channel.quarantined()).isZero();
        assertThat(send("[".repeat(10_000) + "]".repeat(10_000)).status()).isEqualTo(200);
        assertThat(send(sample("NOWEB", "[" + "{},".repeat(500_000) + "{}]")).status()).isEqualTo(200);
        assertThat(channel.quarantined()).as("what no reader reads").isEqualTo(2);
    }

    private JsonNode capturedFromItsAd() {
        JsonNode click = account.clicks(phone).get(0);
        assertThat(click.path("ctwa_clid").asText()).isEqualTo("ARAwaha-" + phone);
        assertThat(click.path("source_id").asText()).isEqualTo("120217770000000000");
        assertThat(click.path("source_type").asText()).isEqualTo("ad");
        assertThat(click.path("source_url").asText()).isEqualTo("https://fb.me/w1");
        assertThat(click.path("headline").asText()).isEqualTo("Chat with us");
        assertThat(click.path("body").asText()).isEqualTo("Spring sale");
        assertThat(click.path("media_type").asText()).isEqualTo("image");
        return click;
    }

    private String ad(String id, String url, String clickId) {
        return AD.formatted(id, url, clickId, phone);
    }

    private String sample(String engine, String data) {
        return """
                {"id":"evt_01","timestamp":1770114600123,"event":"message","session":"%s","engine":"%s","me":{"id":"15550001@c.us"},
                 "payload":{"id":"false_%s@c.us_3EB0%s","timestamp":1770114600,"from":"%s@c.us","fromMe":false,"body":"Hi",
                 "hasMedia":false,"_data":%s}}""".formatted(channel.key, engine, phone, phone, phone, data);
    }

    private Reply send(String body) {
        return channel.post(body, "X-Webhook-Hmac", Signed.hex("HmacSHA512", Server.json(body), TestChannel.SECRET),
                "X-Webhook-Hmac-Algorithm", "sha512");
    }
}
