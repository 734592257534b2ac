package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Quarantined webhooks are run again by filter, after what kept them was mended, and a dry run says what that would bring. */
class QuarantineReplayTest {

    private static final String ALL = "/api/v1/webhooks/quarantine/replay";

    private final Server server = Server.shared();
    private final TestChannel channel = TestChannel.open(server, "360dialog", "49" + Webhooks.unique());
    private final TestAccount account = channel.account;
    private final String phone = Webhooks.phone();
    private final String other = "49" + Webhooks.unique();

    @Test
    void aDryRunSaysWhatWouldBeCapturedAndStoresNothing() {
        TestChannel of = keptForAnotherChannelThatIsGoneNow();

        JsonNode dry = replay("channelKey", channel.key, "dryRun", true);

        assertThat(dry.path("examined").asInt()).isEqualTo(1);
        assertThat(dry.path("replayed").asInt()).isEqualTo(1);
        assertThat(dry.path("clicks").asInt()).isEqualTo(1);
        assertThat(dry.at("/changes/0/messages/0/accountId").asText()).isEqualTo(account.id);
        assertThat(dry.at("/changes/0/messages/0/click").asText()).isEqualTo("new");
        assertThat(dry.toString()).doesNotContain("secret words", phone, "Sheena");
        assertThat(account.conversation(phone)).isNull();
        assertThat(of.account.conversation(phone)).isNull();
        assertThat(replayedAt()).isNull();
    }

    @Test
    void aReplayCapturesWhatTheDryRunSaid() {
        keptForAnotherChannelThatIsGoneNow();

        JsonNode run = replay("accountId", account.id);

        assertThat(run.path("clicks").asInt()).isEqualTo(1);
        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(replayedAt()).isNotNull();
        assertThat(replay("accountId", account.id).path("examined").asInt()).as("replayed ones are left out").isZero();
        JsonNode again = replay("accountId", account.id, "includeReplayed", true, "dryRun", true);
        assertThat(again.at("/changes/0/messages/0/click").asText()).isEqualTo("known");
        assertThat(again.path("clicks").asInt()).isZero();
    }

    @Test
    void whatStillCannotBeReadStaysKeptAndStopsNoOther() {
        channel.send("{broken too");
        server.database().update("update quarantined_webhook set body = 'x' where channel_key = ?", channel.key); // no key opens it
        channel.send("{broken");
        keptForAnotherChannelThatIsGoneNow();

        for (boolean dryRun : List.of(true, false)) {
            JsonNode run = replay("channelKey", channel.key, "dryRun", dryRun);
            assertThat(run.path("examined").asInt()).isEqualTo(3);
            assertThat(run.path("stillQuarantined").asInt()).isEqualTo(2);
            assertThat(run.path("replayed").asInt()).isEqualTo(1);
            assertThat(run.at("/changes/0/reason").asText()).startsWith("It failed");
            assertThat(run.at("/changes/1/reason").asText()).isEqualTo("It is not valid JSON.");
        }
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aFilterIsGoneThroughPageByPageAndEachWebhookOnce() {
        for (int i = 0; i < 5; i++) {
            channel.send("{broken " + i);
        }
        List<String> seen = new ArrayList<>();
        Object cursor = null;
        for (boolean more = true; more; ) {
            JsonNode page = cursor == null ? replay("channelKey", channel.key, "limit", 2)
                    : replay("channelKey", channel.key, "limit", 2, "cursor", cursor);
            page.path("changes").forEach(change -> seen.add(change.path("id").asText()));
            cursor = page.path("nextCursor").textValue();
            more = page.path("hasMore").asBoolean();
            assertThat(cursor != null).isEqualTo(more);
        }
        assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void theFilterNarrowsByProviderReasonAndTime() {
        channel.send("{broken");
        assertThat(replay("channelKey", channel.key, "provider", "whapi").path("examined").asInt()).isZero();
        assertThat(replay("channelKey", channel.key, "reason", "NOT VALID").path("examined").asInt()).isEqualTo(1);
        assertThat(replay("channelKey", channel.key, "reason", "%").path("examined").asInt()).isZero();
        assertThat(replay("channelKey", channel.key, "until", 1_700_000_000).path("examined").asInt()).isZero();
        assertThat(replay("channelKey", channel.key, "since", "2026-01-01T00:00:00Z").path("examined").asInt()).isEqualTo(1);
    }

    @Test
    void aMisspeltFilterIsRefused() {
        Reply reply = server.call("POST", ALL, Map.of("chanelKey", "x"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/details/fields/chanelKey").isMissingNode()).isFalse();
        assertThat(server.call("POST", ALL, Map.of("limit", 1001)).status()).isEqualTo(400);
        assertThat(server.call("POST", ALL, Map.of("dryRun", "yes")).status()).isEqualTo(400);
        assertThat(server.call("POST", ALL, Map.of("cursor", "none")).status()).isEqualTo(400);
        assertThat(server.call("POST", ALL, Map.of("since", "yesterday")).status()).isEqualTo(400);
    }

    @Test
    void aSourcesMessageIsForeseenWithoutItsMapping() {
        byte[] body = Server.json(Map.of("phoneE164", phone, "eventName", "Purchase", "value", 1, "currency", "USD",
                "eventId", phone));
        server.send("POST", "/sources/webhook/shop", body, "Content-Type", "application/json", "X-Webhook-Signature",
                java.util.HexFormat.of().formatHex(new io.clickthread.security.HmacSha256(Server.SOURCE_SECRET).sign(body)));

        JsonNode dry = replay("provider", "webhook/shop", "dryRun", true);
        assertThat(dry.path("replayed").asInt()).isPositive().isEqualTo(dry.path("examined").asInt());
        assertThat(replay("provider", "webhook/shop").path("stillQuarantined").asInt()).isPositive();
    }

    @Test
    void theListIsNarrowedLikewiseAndNamesTheChannel() {
        channel.send("{broken");
        JsonNode list = server.call("GET", "/api/v1/webhooks/quarantine?provider=360dialog&limit=1&since=2026-01-01T00:00:00Z", null).json();
        assertThat(list.at("/webhooks/0/channelKey").asText()).isEqualTo(channel.key);
        assertThat(server.call("GET", "/api/v1/webhooks/quarantine?provider=360dialog&until=1700000000", null).json()
                .path("webhooks")).isEmpty();
    }

    /** A number's webhook comes by the address of this channel, while that number has one of its own; then it has not. */
    private TestChannel keptForAnotherChannelThatIsGoneNow() {
        TestChannel of = TestChannel.open(server, "360dialog", other);
        channel.send(Webhooks.of(other, Webhooks.click(phone, "clid-" + phone, TestAccount.now())));
        assertThat(account.conversation(phone)).isNull();
        server.call("DELETE", "/api/v1/accounts/" + of.account.id + "/channels/" + of.id, null);
        return of;
    }

    private JsonNode replay(Object... fields) {
        Map<String, Object> body = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        Reply reply = server.call("POST", ALL, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private Object replayedAt() {
        return server.database().queryForMap("select replayed_at from quarantined_webhook where channel_key = ?", channel.key)
                .get("replayed_at");
    }
}
