package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Signed;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The webhooks of Evolution API 2, and of others that hand on what Baileys says, with values of our own. */
class EvolutionWebhookTest {

    private static final String AD = """
            {"title":"Converse conosco","body":"Oferta","ctwaClid":"ARAevo","sourceId":"120200000000000001","sourceType":"ad",
             "sourceUrl":"https://fb.me/EXAMPLE1","sourceApp":"facebook","mediaType":2,"thumbnail":{"0":255,"1":216},
             "thumbnailUrl":"https://scontent.example/t","showAdAttribution":true,"greetingMessageBody":"Oi!"}""";
    private static final String CONTEXT = """
            {"ctwaPayload":"QWZkN0cy","ctwaSignals":"all,all","conversionSource":"FB_Ads","entryPointConversionApp":"facebook",
             "entryPointConversionSource":"ctwa_ad","externalAdReply":%s}""".formatted(AD);
    private static final String BARE = "\"message\":{\"conversation\":\"Ola!\"},\"messageType\":\"conversation\"";

    private final TestChannel channel = TestChannel.open(Server.shared(), "evolution", "shop-" + Webhooks.unique());
    private final TestAccount account = channel.account;
    private final String phone = Webhooks.phone();
    private final String lid = "99" + phone;

    static Stream<String> placesOfTheAd() {
        return Stream.of(
                BARE + ",\"contextInfo\":" + CONTEXT,
                "\"message\":{\"extendedTextMessage\":{\"text\":\"Ola!\",\"contextInfo\":%s}}".formatted(CONTEXT),
                "\"message\":{\"imageMessage\":{\"jpegThumbnail\":[%s0],\"contextInfo\":%s}}".formatted("7,".repeat(9_000), CONTEXT),
                "\"message\":{\"contextInfo\":%s,\"conversation\":\"Ola!\"}".formatted(CONTEXT),
                "\"message\":{\"ephemeralMessage\":{\"message\":{\"videoMessage\":{\"contextInfo\":%s}}}}".formatted(CONTEXT),
                BARE + ",\"contextInfo\":" + CONTEXT.replace("sourceId", "sourceID").replace("sourceUrl", "sourceURL")
                        .replace("ctwaClid", "ctwaCLID"));
    }

    @ParameterizedTest
    @MethodSource("placesOfTheAd")
    void anAdClickIsCapturedWhereverTheAdIsHidden(String place) {
        assertThat(channel.send(sample(place)).status()).isEqualTo(200);

        JsonNode click = account.clicks(phone).get(0);
        assertThat(click.path("ctwa_clid").asText()).isEqualTo("ARAevo");
        assertThat(click.path("source_id").asText()).isEqualTo("120200000000000001");
        assertThat(click.path("source_type").asText()).isEqualTo("ad");
        assertThat(click.path("source_url").asText()).isEqualTo("https://fb.me/EXAMPLE1");
        assertThat(click.path("headline").asText()).isEqualTo("Converse conosco");
        assertThat(click.path("body").asText()).isEqualTo("Oferta");
        assertThat(click.path("media_type").asText()).isEqualTo("video");
        assertThat(click.path("clicked_at").asText()).isEqualTo("2026-02-03T10:30:00.000Z");
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo("Cliente");
    }

    @Test
    void theAdOfAQuotedMessageIsNoClick() {
        channel.send(sample("\"message\":{\"extendedTextMessage\":{\"contextInfo\":{\"quotedMessage\":{\"extendedTextMessage\":"
                + "{\"contextInfo\":" + CONTEXT + "}}}}}"));

        assertThat(account.conversation(phone)).isNotNull();
        assertThat(account.clicks(phone)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"entryPointConversionSource\":\"ctwa_ad\"}", "{\"ctwaPayload\":\"QWZk\"}", "{\"ctwaPayload\":[1,2]}",
        "{\"ctwaPayload\":{\"0\":1,\"1\":2}}"})
    void aMereSignOfAnAdIsATouch(String context) {
        channel.send(sample(BARE + ",\"contextInfo\":" + context));

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.clicks(phone).get(0).path("source_type").asText()).isEqualTo("ad");
        assertThat(account.clicks(phone).get(0).hasNonNull("ctwa_clid")).isFalse();
    }

    @Test
    void theLargePreviewOfALinkIsNoAd() {
        channel.send(sample(BARE + ",\"contextInfo\":{\"externalAdReply\":{\"title\":\"News\",\"sourceUrl\":\"https://news.example\"}}"));

        assertThat(account.conversation(phone)).isNotNull();
        assertThat(account.clicks(phone)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"remoteJid\":\"%2$s@lid\",\"remoteJidAlt\":\"%1$s@s.whatsapp.net\"",
        "\"remoteJid\":\"%2$s@lid\",\"senderPn\":\"%1$s@s.whatsapp.net\"",
        "\"remoteJid\":\"%1$s@s.whatsapp.net\",\"senderLid\":\"%2$s@lid\"",
        "\"remoteJid\":\"%1$s:12@s.whatsapp.net\",\"previousRemoteJid\":\"%2$s@lid\""})
    void whoIsWrittenByTwoAddressesIsOneContact(String addresses) {
        channel.send(sample(BARE).replaceAll("\"remoteJid\".*?Alt\":\"[^\"]*\"", String.format(addresses, phone, lid)));
        channel.send(sample(BARE + ",\"contextInfo\":" + CONTEXT).replaceAll("\"remoteJid\".*?Alt\":\"[^\"]*\"",
                "\"remoteJid\":\"" + lid + "@lid\"").replace("AC00", "AD00"));

        assertThat(account.clicks(phone)).as("of a message by the linked id alone").hasSize(1);
    }

    @Test
    void theSameMessageFirstAsAStubAndThenWithItsAdIsCompleted() {
        channel.send(sample("\"messageStubType\":2"));
        assertThat(account.clicks(phone)).isEmpty();

        channel.send(sample(BARE + ",\"contextInfo\":" + CONTEXT));
        channel.send(sample(BARE + ",\"contextInfo\":" + CONTEXT).replace("messages.upsert", "messages.update"));
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void theEventMayBeAppendedToTheAddressAndWrittenInCapitals() {
        assertThat(account.server.send("POST", channel.path + "/messages-upsert", Server.json(sample(BARE + ",\"contextInfo\":"
                + CONTEXT).replace("messages.upsert", "MESSAGES_UPSERT")), "Content-Type", "application/json",
                "X-Webhook-Secret", TestChannel.SECRET).status()).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aTokenSignedWithTheSecretIsAsGoodAsTheSecret() {
        String claims = "{\"app\":\"evolution\",\"action\":\"webhook\",\"iat\":%d,\"exp\":%d}";
        long now = TestAccount.now();
        String body = sample(BARE + ",\"contextInfo\":" + CONTEXT);

        assertThat(bearer(body, Signed.jwt(claims.formatted(now - 4_000, now - 3_400), TestChannel.SECRET))).as("old").isEqualTo(401);
        assertThat(bearer(body, Signed.jwt(claims.formatted(now, now + 600), "another key"))).isEqualTo(401);
        assertThat(account.conversation(phone)).isNull();
        assertThat(bearer(body, Signed.jwt(claims.formatted(now, now + 600), TestChannel.SECRET))).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aWrongOrMissingSecretIsRefusedAndNothingIsStored() {
        assertThat(channel.post(sample(BARE)).status()).isEqualTo(401);
        assertThat(channel.post(sample(BARE), "X-Webhook-Secret", "wrong").status()).isEqualTo(401);
        assertThat(channel.post(sample(BARE).replace("\"a-key\"", "\"" + TestChannel.SECRET + "\"")).status())
                .as("in the body only").isEqualTo(401);
        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void ownMessagesGroupsStatusesAndOtherEventsAreNoContacts() {
        channel.send(sample(BARE).replace("\"fromMe\":false", "\"fromMe\":true"));
        for (String crowd : new String[] {"12036@g.us", "status@broadcast", "12036@newsletter"}) {
            channel.send(sample(BARE).replace(lid + "@lid", crowd));
        }
        channel.send(sample("\"status\":\"READ\"").replace("messages.upsert", "messages.update"));
        channel.send(sample(BARE).replace("messages.upsert", "send.message"));
        channel.send("{\"event\":\"connection.update\",\"instance\":\"%s\",\"data\":{\"state\":\"open\"}}".formatted(channel.key));

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"object\":\"whatsapp_business_account\",\"entry\":[]}", "[7]", "7", "null", "{\"data\":", "{}",
        "{\"event\":\"message\",\"session\":\"default\",\"payload\":{\"from\":\"628123456789@c.us\",\"id\":\"1\"}}",
        "{\"event\":\"message.received\",\"message\":{\"platformMessageId\":\"1\"},\"account\":{}}",
        "{\"event\":\"messages.upsert\",\"data\":\"x\"}", "{\"event\":\"messages.upsert\",\"data\":{\"key\":[]}}",
        "{\"event\":\"messages.upsert\",\"data\":{\"key\":{\"id\":{},\"remoteJid\":628123456789,\"fromMe\":null},\"message\":3}}",
        "{\"event\":\"messages.upsert\",\"data\":{\"key\":{\"id\":\"1\",\"remoteJid\":\"628123456789@s.whatsapp.net\"},"
                + "\"contextInfo\":{\"externalAdReply\":{\"ctwaClid\":{}}}}}"})
    void whatIsNoneOfItsMessagesIsKept(String body) {
        assertThat(channel.send(body).status()).isEqualTo(200);

        assertThat(channel.quarantined()).isEqualTo(1);
        assertThat(account.conversation("628123456789")).isNull();
    }

    @Test
    void oneUnreadableMessageOfAListCostsNoNeighbour() {
        String message = sample(BARE + ",\"contextInfo\":" + CONTEXT).replaceAll("(?s)^.*?\"data\":|,\"destination\".*$", "");
        channel.send("{\"event\":\"messages.upsert\",\"instance\":\"%s\",\"data\":[null,{\"key\":3},%s,[]]}".formatted(channel.key,
                message));

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(channel.quarantined()).isEqualTo(1);
    }

    @Test
    void baileysItselfSendsSeveralMessagesAtOnce() {
        TestChannel baileys = TestChannel.open(account, "baileys", "own-" + Webhooks.unique(), null);
        String message = sample(BARE + ",\"contextInfo\":" + CONTEXT).replaceAll("(?s)^.*?\"data\":|,\"destination\".*$", "");
        String other = Webhooks.phone();
        baileys.send("{\"type\":\"notify\",\"messages\":[%s,%s]}".formatted(message, message.replace(phone, other)
                .replace("ARAevo", "ARAother").replace("1770114600", "{\"low\":1770114600,\"high\":0,\"unsigned\":true}")));

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.clicks(other).get(0).path("clicked_at").asText()).isEqualTo("2026-02-03T10:30:00.000Z");
    }

    private int bearer(String body, String token) {
        return channel.post(body, "Authorization", "Bearer " + token).status();
    }

    private String sample(String content) {
        return """
                {"event":"messages.upsert","instance":"%s","data":{"key":{"id":"AC00%s","fromMe":false,"participant":"",
                 "remoteJid":"%s@lid","remoteJidAlt":"%s@s.whatsapp.net"},"pushName":"Cliente",%s,
                 "messageTimestamp":1770114600,"source":"android"},"destination":"https://me.example/webhook",
                 "date_time":"2026-02-03T07:30:00.000Z","sender":"5511@s.whatsapp.net","server_url":"https://evo.example",
                 "apikey":"a-key"}""".formatted(channel.key, phone, lid, phone, content);
    }
}
