package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Signed;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special to the webhooks of Evolution API 2, and of others that hand on what Baileys says. */
class EvolutionWebhookTest {

    private static final String AD = """
            {"title":"Converse conosco","body":"Oferta","ctwaClid":"ARAevo","sourceId":"120200000000000001","sourceType":"ad",
             "sourceUrl":"https://fb.me/EXAMPLE1","sourceApp":"facebook","mediaType":2,"thumbnail":{"0":255,"1":216},
             "thumbnailUrl":"https://scontent.example/t","showAdAttribution":true,"greetingMessageBody":"Oi!"}""";
    private static final String CONTEXT = """
            {"ctwaPayload":"QWZkN0cy","ctwaSignals":"all,all","conversionSource":"FB_Ads","entryPointConversionApp":"facebook",
             "entryPointConversionSource":"ctwa_ad","externalAdReply":%s}""".formatted(AD);
    private static final String BARE = "\"message\":{\"conversation\":\"Ola!\"},\"messageType\":\"conversation\"";

    private final PlayedProvider evolution = PlayedProvider.of("evolution");
    private final TestChannel channel = evolution.channel;
    private final TestAccount account = channel.account;
    private final String phone = evolution.phone;
    private final String lid = "99" + phone;

    static Stream<String> placesOfTheAd() {
        return Stream.of(
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
        assertThat(evolution.send(evolution.with(place)).status()).isEqualTo(200);

        evolution.isCaptured();
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
    void aSecretInTheBodyProvesNothing() {
        String body = evolution.changed(evolution.complete(), Map.of("\"a-key\"", "\"" + TestChannel.SECRET + "\""));

        assertThat(channel.post(body).status()).isEqualTo(401);
        evolution.storedNothing();
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
        return evolution.with(content);
    }
}
