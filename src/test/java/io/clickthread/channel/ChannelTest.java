package io.clickthread.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Channels as the API makes, shows, changes and removes them. */
class ChannelTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.outsideCloudApi(server);
    private final String path = "/api/v1/accounts/" + account.id + "/channels";
    private final String key = "K-" + Webhooks.unique();

    @ParameterizedTest
    @EnumSource(Provider.class)
    void aChannelOfEveryProviderCanBeMadeAndSaysWhatToEnterThere(Provider provider) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("provider", provider.provider(), "key", key, "secret", "a secret of 16 characters"));
        if (provider == Provider.GENERIC) {
            body.put("config", Map.of("paths", Map.of("contact", "$.from", "messageId", "$.id")));
        }
        JsonNode channel = server.call("POST", path, body).json().path("channel");

        assertThat(channel.path("webhookPath").asText()).isEqualTo("/webhooks/" + provider.provider() + "/" + key);
        assertThat(channel.path("setup").asText()).contains(channel.path("webhookPath").asText());
        assertThat(channel.path("createdAt").asText()).endsWith("Z");
    }

    @Test
    void theSecretIsSealedAndNeverReturned() {
        TestChannel channel = TestChannel.open(account, "whapi", key, null);

        String all = server.call("GET", path, null).body()
                + server.call("PUT", path + "/" + channel.id, Map.of("secret", TestChannel.SECRET + "2")).body();
        assertThat(all).contains(key).doesNotContain(TestChannel.SECRET);
        byte[] stored = server.database().queryForObject("select secret from channel where id = ?", byte[].class, channel.id);
        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain(TestChannel.SECRET);
    }

    @Test
    void aKeyStandsInTheAddressPercentEncoded() {
        TestChannel channel = TestChannel.open(account, "whapi", "whatsapp:+1415 555/" + Webhooks.unique(), null);

        assertThat(channel.path).startsWith("/webhooks/whapi/whatsapp%3A%2B1415%20555%2F");
        assertThat(server.send("POST", channel.path, new byte[0], "Content-Type", "application/json").status())
                .as("found, though not signed").isEqualTo(401);
    }

    @Test
    void anAddressIsTakenOnce() {
        TestChannel.open(account, "whapi", key, null);
        TestAccount other = TestAccount.outsideCloudApi(server);

        for (String id : List.of(account.id, other.id)) {
            Reply again = server.call("POST", "/api/v1/accounts/" + id + "/channels", Map.of("provider", "whapi", "key", key));
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.json().path("code").asText()).isEqualTo("channel_exists");
        }
    }

    @Test
    void anAddressMovesWithItsNumberOnceTheOldAccountIsDisconnected() {
        TestChannel old = TestChannel.open(account, "whapi", key, null);
        server.call("DELETE", "/api/v1/accounts/" + account.id, null);
        assertThat(old.send(Map.of("channel_id", key)).status()).as("the old account's").isEqualTo(404);

        TestChannel moved = TestChannel.open(TestAccount.outsideCloudApi(server), "whapi", key, null);
        assertThat(moved.send(Map.of("channel_id", key)).status()).isEqualTo(200);
    }

    @Test
    void withoutASecretNothingIsTaken() {
        JsonNode channel = server.call("POST", path, Map.of("provider", "whapi", "key", key)).json().path("channel");
        assertThat(channel.path("hasSecret").asBoolean()).isFalse();

        for (String secret : List.of("", "null", "x")) {
            Reply reply = server.send("POST", channel.path("webhookPath").asText(), Server.json("{}"), "Content-Type",
                    "application/json", "X-Webhook-Secret", secret);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.json().path("error").asText()).contains("no secret yet");
        }
    }

    @Test
    void everyFaultOfARequestIsNamed() {
        Reply reply = server.call("POST", path, Map.of("provider", "generic", "key", " x", "config", Map.of("color", "red",
                "signature", Map.of("algorithm", "md5", "encoding", "hexa", "template", "nothing"),
                "paths", Map.of("contact", "$.[", "colour", "$.x"))));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/details/fields").fieldNames()).toIterable().contains("key", "config.color",
                "config.signature.header", "config.signature.algorithm", "config.signature.encoding",
                "config.signature.template", "config.paths.contact", "config.paths.colour", "config.paths.messageId");
    }

    @Test
    void aRemovedChannelTakesNothingAndWhatItBroughtStays() {
        TestChannel channel = TestChannel.open(account, "360dialog", key, null);
        String phone = Webhooks.phone();
        channel.send(Webhooks.of(key, Webhooks.click(phone, "c-" + phone, TestAccount.now())));
        assertThat(server.call("DELETE", path + "/" + channel.id, null).status()).isEqualTo(200);

        assertThat(channel.send(Map.of()).status()).isEqualTo(404);
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aNumberOnCloudApiHasItsChannelFromTheStartAndKeepsIt() {
        TestAccount onCloudApi = TestAccount.connect(server);
        String channels = "/api/v1/accounts/" + onCloudApi.id + "/channels";
        JsonNode channel = server.call("GET", channels, null).json().at("/channels/0");

        assertThat(channel.path("provider").asText()).isEqualTo("meta");
        assertThat(channel.path("webhookPath").asText()).isEqualTo("/webhooks/meta");
        assertThat(server.call("DELETE", channels + "/" + channel.path("_id").asText(), null).status()).isEqualTo(404);
    }

    @Test
    void aNumberOfAnotherAppIsVerifiedByTheSecretOfThatApp() {
        TestAccount onCloudApi = TestAccount.connect(server);
        String channels = "/api/v1/accounts/" + onCloudApi.id + "/channels";
        String id = server.call("GET", channels, null).json().at("/channels/0/_id").asText();
        String address = server.call("PUT", channels + "/" + id, Map.of("secret", "its own app secret")).json()
                .at("/channel/webhookPath").asText();
        String phone = Webhooks.phone();
        byte[] body = Server.json(Webhooks.of(onCloudApi.phoneNumberId, Webhooks.click(phone, "c-" + phone, TestAccount.now())));

        assertThat(address).isEqualTo("/webhooks/meta/" + onCloudApi.phoneNumberId);
        assertThat(signed(address, body, Server.APP_SECRET)).isEqualTo(401);
        assertThat(signed(address, body, "its own app secret")).isEqualTo(200);
        assertThat(onCloudApi.clicks(phone)).hasSize(1);
        assertThat(server.send("GET", address + "?hub.mode=subscribe&hub.challenge=7&hub.verify_token=" + Server.VERIFY_TOKEN,
                null).body()).isEqualTo("7");
    }

    @Test
    void aMessageForAnotherKnownChannelIsKeptNotMisread() {
        TestChannel one = TestChannel.open(account, "360dialog", key, null);
        TestChannel other = TestChannel.open(TestAccount.outsideCloudApi(server), "360dialog", key + "b", null);
        String phone = Webhooks.phone();

        assertThat(one.send(Webhooks.of(other.key, Webhooks.click(phone, "c", TestAccount.now()))).status()).isEqualTo(200);
        assertThat(one.quarantined()).isEqualTo(1);
        assertThat(account.conversation(phone)).isNull();
        assertThat(other.account.conversation(phone)).isNull();
    }

    private int signed(String address, byte[] body, String secret) {
        return server.send("POST", address, body, "Content-Type", "application/json", "X-Hub-Signature-256",
                Webhooks.signature(body, secret)).status();
    }
}
