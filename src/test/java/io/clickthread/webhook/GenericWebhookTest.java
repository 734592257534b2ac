package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Hmacs;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special to a provider of nobody's, described by paths. */
class GenericWebhookTest {

    private static final ProviderContract CONTRACT = ProviderContract.of("generic");
    private static final Object PATHS = CONTRACT.config().get("paths");
    private static final String AD = CONTRACT.ad();

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.outsideCloudApi(server);
    private final String phone = Webhooks.phone();

    @ParameterizedTest
    @CsvSource({"phone, +%s", "phone, whatsapp:+%s", "phone, %s@s.whatsapp.net", "lid, %s@lid", "user_id, US.%s", "provider_id, kunde/%s"})
    void aContactIsKnownByWhateverTheProviderGives(String kind, String written) {
        open(Map.of("paths", PATHS)).send(sample(written.formatted(phone), AD));

        assertThat(account.server.database().queryForObject("select count(*) from contact_alias where account_id = ? and kind = ? "
                + "and value like ?", Integer.class, account.id, kind, "%" + phone)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"hmac-sha1, HmacSHA1, hex", "hmac-sha256, HmacSHA256, hex", "hmac-sha512, HmacSHA512, hex", "hmac-sha1, HmacSHA1, base64",
            "hmac-sha256, HmacSHA256, base64", "hmac-sha512, HmacSHA512, base64"})
    void everyAlgorithmAndEncodingIsVerified(String algorithm, String jdk, String encoding) {
        TestChannel channel = open(signed(Map.of("header", "X-Sign", "algorithm", algorithm, "encoding", encoding, "prefix", "v1=")));
        String body = sample(phone, AD);
        byte[] hash = Hmacs.of(jdk, body);
        String written = encoding.equals("hex") ? HexFormat.of().formatHex(hash) : Base64.getEncoder().encodeToString(hash);

        assertThat(channel.post(body, "X-Sign", written).status()).isEqualTo(401);
        assertThat(channel.post(body + " ", "X-Sign", "v1=" + written).status()).isEqualTo(401);
        assertThat(channel.send(body).status()).isEqualTo(401);
        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
        assertThat(channel.post(body, "X-Sign", "v1=" + written).status()).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aSignedTimeMustBeRecent() {
        TestChannel channel = open(signed(Map.of("header", "X-Sign", "template", "{timestamp}.{body}", "timestampHeader", "X-Time")));
        String body = sample(phone, AD);

        assertThat(atTime(channel, body, TestAccount.now() - 3_600)).isEqualTo(401);
        assertThat(account.conversation(phone)).isNull();
        assertThat(atTime(channel, body, TestAccount.now())).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void anAdWithoutClickIdIsATouch() {
        open(Map.of("paths", PATHS)).send(sample(phone, "{\"id\":\"1202\"}"));

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.clicks(phone).get(0).path("ctwa_clid").asText("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$..a..b", "$.events[?(@.who =~ /(a+)+$/)]", "$.events.length()", "$..*"})
    void aPathThatCouldTakeForeverIsRefused(String path) {
        var reply = server.call("POST", "/api/v1/accounts/" + account.id + "/channels", Map.of("provider", "generic",
                "key", "shop-" + Webhooks.unique(), "config", Map.of("paths", Map.of("messages", path, "contact", "$.who",
                        "messageId", "$.no"))));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/details/fields/config.paths.messages/0").asText())
                .startsWith("'config.paths.messages' cannot be followed. A path ");
    }

    @Test
    void aStoredPathThatIsRefusedByNowQuarantinesTheWebhookAndHealthSaysSo() {
        TestChannel channel = open(Map.of("paths", PATHS));
        server.database().update("update channel set config = replace(config, '$.no', '$.no.length()') where id = ?",
                channel.id);
        server.context.getBean(io.clickthread.channel.Channels.class).forget();

        assertThat(channel.send(sample(phone, AD)).status()).isEqualTo(200);

        assertThat(channel.quarantined()).isEqualTo(1);
        assertThat(server.database().queryForObject("select reason from quarantined_webhook where channel_key = ?", String.class,
                channel.key)).startsWith("The channel's config.paths cannot be followed");
        assertThat(server.call("GET", "/api/v1/channels/" + channel.id + "/health", null).json().path("status").asText())
                .isEqualTo("paths-refused");
    }

    @Test
    void aWebhookInWhichThePathsTakeTooLongIsQuarantined() {
        Map<String, String> paths = new HashMap<>(Map.of("contact", "$.who", "messageId", "$.no"));
        for (String name : new String[] {"clickId", "sourceId", "sourceType", "sourceUrl", "headline", "body", "mediaType"}) {
            paths.put(name, "$..nothing");
        }
        TestChannel channel = open(Map.of("paths", paths));
        String body = "{\"who\":\"" + phone + "\",\"no\":\"1\",\"list\":[" + "1,".repeat(390_000) + "1]}";

        assertThat(channel.send(body).status()).isEqualTo(200);
        assertThat(server.database().queryForObject("select reason from quarantined_webhook where channel_key = ?", String.class,
                channel.key)).contains("takes too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{},", "[],", "1,"})
    void aWebhookThatIsTooMuchJsonIsQuarantinedWithThatReason(String element) {
        TestChannel channel = open(Map.of("paths", PATHS));
        int count = 3_000_000 / element.length();

        assertThat(channel.send("[" + element.repeat(count) + "1]").status()).isEqualTo(200);
        assertThat(server.database().queryForObject("select reason from quarantined_webhook where channel_key = ?", String.class,
                channel.key)).contains("too much JSON");
    }

    private TestChannel open(Map<String, Object> config) {
        return TestChannel.open(account, "generic", "shop-" + Webhooks.unique(), config);
    }

    private static Map<String, Object> signed(Map<String, String> signature) {
        return new HashMap<>(Map.of("paths", PATHS, "signature", signature));
    }

    private static int atTime(TestChannel channel, String body, long time) {
        return channel.post(body, "X-Time", Long.toString(time), "X-Sign", Hmacs.hex("HmacSHA256", time + "." + body)).status();
    }

    private String sample(String contact, String ad) {
        return CONTRACT.sample().replace("\"who\":\"@phone@\"", "\"who\":\"" + contact + "\"").replace("@phone@", phone)
                .replace("@ad@", ad);
    }
}
