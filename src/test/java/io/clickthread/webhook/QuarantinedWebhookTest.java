package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was signed and cannot be used yet is kept, unreadable for others, and can be run again. */
class QuarantinedWebhookTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = Webhooks.phone();

    @Test
    void aWebhookOfAnUnknownNumberIsKeptSealedAndCountsOnceTheNumberIsConnected() {
        String number = "30" + Webhooks.unique();
        Map<String, Object> webhook = Webhooks.of(number, Webhooks.click(phone, "clid-" + phone, TestAccount.now()));
        assertThat(server.webhook(webhook).status()).isEqualTo(200);
        String id = newest();
        byte[] stored = server.database().queryForObject("select body from quarantined_webhook where id = ?", byte[].class, id);
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("secret words", phone, "messages");

        JsonNode tooEarly = replay(id).json();
        assertThat(tooEarly.path("replayed").asBoolean()).isFalse();
        assertThat(tooEarly.path("reason").asText()).contains("phone number id");

        Reply connected = server.call("POST", "/api/v1/connect/whatsapp/credentials",
                Map.of("accessToken", "EAAtest", "wabaId", "1", "phoneNumberId", number));
        String accountId = connected.json().at("/account/accountId").asText();
        JsonNode replayed = replay(id).json();
        assertThat(replayed.path("replayed").asBoolean()).isTrue();
        assertThat(replayed.path("clicks").asInt()).isEqualTo(1);
        assertThat(replay(id).json().path("clicks").asInt()).as("clicks of the second replay").isZero();
        assertThat(server.database().queryForObject("select count(*) from click where account_id = ?", Integer.class,
                accountId)).isEqualTo(1);
        assertThat(server.database().queryForObject("select count(*) from quarantined_webhook where id > ?", Integer.class, id))
                .as("a replay keeps nothing anew").isZero();
    }

    @Test
    void theListOfQuarantinedWebhooksSaysWhyAndNotWhat() {
        server.webhook("[\"" + phone + "\"]");

        JsonNode webhook = server.call("GET", "/api/v1/webhooks/quarantine?limit=1", null).json().at("/webhooks/0");

        assertThat(webhook.fieldNames()).toIterable()
                .containsExactlyInAnyOrder("id", "provider", "channelKey", "reason", "receivedAt", "repeats", "replayedAt");
        assertThat(webhook.path("provider").asText()).isEqualTo("meta");
        assertThat(webhook.path("replayedAt").isNull()).isTrue();
    }

    @Test
    void thePagesOfTheListShowEachWebhookOnce() {
        for (int i = 0; i < 5; i++) {
            server.webhook("{broken " + Webhooks.unique());
        }
        JsonNode first = server.call("GET", "/api/v1/webhooks/quarantine?limit=2", null).json();
        server.webhook("{arrives between the pages " + phone);
        JsonNode second = server.call("GET", "/api/v1/webhooks/quarantine?limit=2&cursor="
                + first.at("/pagination/nextCursor").asText(), null).json();

        assertThat(first.at("/pagination/hasMore").asBoolean()).isTrue();
        assertThat(second.at("/webhooks/0/id").asText()).isLessThan(first.at("/webhooks/1/id").asText());
    }

    @Test
    void replayingWhatWasNeverKeptIsNotFound() {
        for (String id : List.of("0123456789abcdef01234567", "x", "%00", "a%2Fb")) {
            assertThat(replay(id).status()).as(id).isIn(400, 404);
        }
        assertThat(replay("0123456789abcdef01234567").json().path("code").asText()).isEqualTo("quarantined_webhook_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{broken", "{\"entry\":[1e9999999999]}", "", "[]", "null", "7", "\"text\"", "{}", "{\"entry\":{}}", "{\"entry\":[]} trailing",
        "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"messages\":{}}}]}]}",
        "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"messages\":[{}]}}]}]}"})
    void whatCannotBeReadIsAnsweredWith200AndKeptWhole(String body) {
        nothingWaits();
        int kept = quarantined();

        assertThat(server.webhook(body).status()).isEqualTo(200);

        assertThat(quarantined()).isEqualTo(kept + 1);
    }

    @Test
    void deepNestingIsAnsweredAndKept() {
        String deep = "{\"entry\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        nothingWaits();
        int kept = quarantined();

        assertThat(server.webhook(deep).status()).isEqualTo(200);

        assertThat(quarantined()).isEqualTo(kept + 1);
    }

    @Test
    void oneUnreadableMessageCostsItsNeighboursNothing() {
        int kept = quarantined();
        String second = Webhooks.phone();
        Map<String, Object> withoutId = Webhooks.click(Webhooks.phone(), "lost", TestAccount.now());
        withoutId.remove("id");
        Map<String, Object> withoutSender = new LinkedHashMap<>(withoutId);
        withoutSender.put("id", "wamid." + Webhooks.unique());
        withoutSender.remove("from");

        Reply reply = account.receive(Webhooks.click(phone, "a-" + phone, TestAccount.now()), withoutId, "text", 7,
                withoutSender, List.of(), Webhooks.click(second, "b-" + phone, TestAccount.now()));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.clicks(second)).hasSize(1);
        assertThat(quarantined()).isEqualTo(kept + 1);
    }

    @Test
    void aMessageOfAnUnknownNumberCostsThoseOfAKnownOneNothing() {
        Object change = ((List<Map<String, List<Object>>>) Webhooks.of("999" + Webhooks.unique(),
                Webhooks.text(Webhooks.phone(), 1)).get("entry")).get(0).get("changes").get(0);
        Object good = ((List<Map<String, List<Object>>>) Webhooks.of(account.phoneNumberId,
                Webhooks.click(phone, "c-" + phone, TestAccount.now())).get("entry")).get(0).get("changes").get(0);
        int kept = quarantined();

        assertThat(server.webhook(Webhooks.envelope(change, good)).status()).isEqualTo(200);

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(quarantined()).isEqualTo(kept + 1);
    }

    @Test
    void theSameWebhookAgainIsCountedAndKeptOnceUntilItIsReplayed() {
        String body = "{broken " + phone;
        int kept = quarantined();
        for (int i = 0; i < 3; i++) {
            assertThat(server.webhook(body).status()).isEqualTo(200);
        }
        assertThat(quarantined()).isEqualTo(kept + 1);
        assertThat(server.call("GET", "/api/v1/webhooks/quarantine?limit=1", null).json().at("/webhooks/0/repeats").asInt())
                .isEqualTo(2);

        nothingWaits();
        server.webhook(body);
        assertThat(quarantined()).isEqualTo(kept + 2);
    }

    @Test
    void theSameBytesAtTwoChannelsAreTwoWebhooks() {
        int kept = quarantined();
        for (String provider : List.of("whapi", "ycloud")) {
            TestChannel.open(account, provider, "two-" + phone, null).send("{broken " + phone);
        }
        assertThat(quarantined()).isEqualTo(kept + 2);
    }

    /** What other tests left would be the same webhook as one that is sent here. */
    private void nothingWaits() {
        server.database().update("update quarantined_webhook set replayed_at = now() where replayed_at is null");
    }

    private Reply replay(String id) {
        return server.call("POST", "/api/v1/webhooks/quarantine/" + id + "/replay", null);
    }

    private String newest() {
        return server.database().queryForObject("select max(id) from quarantined_webhook", String.class);
    }

    private int quarantined() {
        return server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class);
    }
}
