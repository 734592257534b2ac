package io.clickthread.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What an operator sees of a channel, from the first minute on. */
class ChannelHealthTest {

    private final Server server = Server.shared();
    private final TestChannel channel = TestChannel.open(server, "whapi", "MANTIS-" + Webhooks.unique());

    @Test
    void aNewChannelSaysWhatToEnterAtTheProvider() {
        JsonNode health = health(channel.id);

        assertThat(health.path("status").asText()).isEqualTo("no-webhook-yet");
        assertThat(health.path("advice").asText()).contains("setup");
        assertThat(health.path("accountId").asText()).isEqualTo(channel.account.id);
        assertThat(health.path("lastWebhookAt").isNull()).isTrue();
        assertThat(health.at("/clicks/share").isNull()).isTrue();
    }

    @Test
    void aChannelWithoutASecretSaysSo() {
        JsonNode made = server.call("POST", "/api/v1/accounts/" + channel.account.id + "/channels",
                Map.of("provider", "whapi", "key", "BARE-" + Webhooks.unique())).json();
        assertThat(health(made.at("/channel/_id").asText()).path("status").asText()).isEqualTo("no-secret");
    }

    @Test
    void aRefusedWebhookIsShownUntilAGoodOneComes() {
        channel.post(Map.of(), "X-Webhook-Secret", "wrong");
        JsonNode refused = health(channel.id);
        assertThat(refused.path("status").asText()).isEqualTo("refused");
        assertThat(refused.path("lastRefusal").asText()).contains("X-Webhook-Secret").doesNotContain("wrong", TestChannel.SECRET);

        channel.send(Map.of("channel_id", channel.key));
        JsonNode good = health(channel.id);
        assertThat(good.path("status").asText()).isEqualTo("ok");
        assertThat(good.path("lastRefusalAt").asText()).isEqualTo(refused.path("lastRefusalAt").asText());
        assertThat(Instant.parse(good.path("lastWebhookAt").asText())).isCloseTo(Instant.now(), within(60));
    }

    @Test
    void aWebhookInQuarantineHasArrivedAndIsShownUntilItIsReplayed() {
        channel.send(Map.of("channel_id", channel.key, "chat", Map.of("ctwa_clid", "clid-" + Webhooks.unique())));

        JsonNode health = health(channel.id);
        assertThat(health.path("status").asText()).isEqualTo("quarantined");
        assertThat(health.path("advice").asText()).contains("/api/v1/webhooks/quarantine/replay");
        assertThat(health.path("inQuarantine").asInt()).isEqualTo(1);
        assertThat(health.path("lastWebhookAt").isNull()).isFalse();
        assertThat(health.at("/traffic/quarantined/0/reason").asText()).contains("at chat.ctwa_clid,");

        server.database().update("update quarantined_webhook set replayed_at = now() where channel_key = ?", channel.key);
        assertThat(health(channel.id).path("status").asText()).isEqualTo("ok");
    }

    @Test
    void aWebhookOfMetasInQuarantineIsShownByTheNumberThatItIsFor() {
        TestAccount account = TestAccount.connect(server);
        TestAccount other = TestAccount.connect(server);
        other.clicked("clid-" + Webhooks.unique());
        Map<String, Object> message = Webhooks.text(Webhooks.phone(), TestAccount.now());
        message.put("new_" + Webhooks.unique(), Map.of("ctwa_clid", "clid-" + Webhooks.unique()));
        account.receive(message);

        assertThat(healthOf(account).path("status").asText()).isEqualTo("quarantined");
        assertThat(healthOf(other).path("status").asText()).isEqualTo("ok");
    }

    @Test
    void theShareOfClicksWithAClickIdIsShown() {
        channel.send(click(null));
        JsonNode none = health(channel.id);
        assertThat(none.path("status").asText()).isEqualTo("no-click-ids");

        channel.send(click("clid-" + Webhooks.unique()));
        channel.send(click("clid-" + Webhooks.unique()));
        JsonNode some = health(channel.id);
        assertThat(some.path("status").asText()).isEqualTo("ok");
        assertThat(some.at("/clicks/total").asInt()).isEqualTo(3);
        assertThat(some.at("/clicks/withClickId").asInt()).isEqualTo(2);
        assertThat(some.at("/clicks/share").decimalValue()).isEqualByComparingTo("0.667");
    }

    @Test
    void aNumberOnCloudApiHasItsHealthAndAWrongSignatureAtTheSharedAddressIsInIt() {
        TestAccount account = TestAccount.connect(server);
        account.clicked("clid-" + Webhooks.unique());
        JsonNode health = healthOf(account);
        assertThat(health.path("lastWebhookAt").isNull()).isFalse();
        assertThat(health.at("/clicks/total").asInt()).isEqualTo(1);

        server.send("POST", "/webhooks/meta", Server.json(Map.of()), "Content-Type", "application/json");
        assertThat(healthOf(account).path("lastRefusal").asText()).contains("X-Hub-Signature-256");
    }

    @Test
    void whatWasNotedIsWrittenWithoutAnybodyAsking() {
        channel.send(Map.of("channel_id", channel.key));
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(server.database().queryForObject(
                "select last_webhook_at is not null from channel where id = ?", Boolean.class, channel.id)).isTrue());
    }

    @Test
    void anEarlierTimeNeverReplacesALaterOne() {
        server.database().update("update channel set last_webhook_at = now() + interval '1 h' where id = ?", channel.id);
        channel.send(Map.of("channel_id", channel.key));
        assertThat(Instant.parse(health(channel.id).path("lastWebhookAt").asText())).isAfter(Instant.now().plusSeconds(600));
    }

    @Test
    void webhooksAreCountedByProviderAndOutcome() {
        channel.send("{broken");
        String metrics = server.context.getBean(io.micrometer.core.instrument.MeterRegistry.class).find("clickthread.webhooks")
                .tag("provider", "whapi").counters().stream().map(counter -> counter.getId().getTag("outcome")).sorted().toList()
                .toString();
        assertThat(metrics).contains("quarantined", "received");
    }

    private JsonNode healthOf(TestAccount account) {
        return health(server.call("GET", "/api/v1/accounts/" + account.id + "/channels", null).json().at("/channels/0/_id")
                .asText());
    }

    private JsonNode health(String id) {
        return server.call("GET", "/api/v1/channels/" + id + "/health", null).json();
    }

    private String click(String clickId) {
        String phone = Webhooks.phone();
        return """
                {"messages":[{"id":"m-%s","from_me":false,"type":"text","chat_id":"%s@s.whatsapp.net","timestamp":1712995245,
                 "context":{"ad":{"title":"Chat","source":{"id":"1","type":"ad"},"ctwa":%s}},"from":"%s"}],
                 "channel_id":"%s"}""".formatted(phone, phone, clickId == null ? "null" : "\"" + clickId + "\"", phone, channel.key);
    }

    private static org.assertj.core.data.TemporalUnitOffset within(long seconds) {
        return org.assertj.core.api.Assertions.within(seconds, java.time.temporal.ChronoUnit.SECONDS);
    }
}
