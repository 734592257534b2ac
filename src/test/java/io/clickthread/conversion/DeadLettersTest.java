package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.StoredConversions;
import io.clickthread.support.TestAccount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of what Meta did not take, and decisions about many at once. */
class DeadLettersTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);

    @Test
    void theListShowsWhatMetaDidNotTakeAndWhetherItCanBeSentAgain() {
        String phone = account.clicked("clid");
        server.graph.next(account.datasetId + "/events",
                Reaction.of(400, "{\"error\":{\"code\":100,\"error_subcode\":2804019},\"fbtrace_id\":\"A\"}"));
        account.convert(phone, "Purchase", "refused", "value", 1);
        account.convert(phone, "Purchase", "good");
        StoredConversions.put(account, "old", 1, "expired", "8 days");

        JsonNode rows = list("").path("deadLetters");

        assertThat(rows.findValuesAsText("eventId")).containsExactly("refused", "old-1");
        JsonNode row = rows.get(0);
        assertThat(row.path("code").asText()).isEqualTo("2804019");
        assertThat(row.path("attempts").asInt()).isEqualTo(1);
        assertThat(row.path("reason").asText()).contains("2804019");
        assertThat(row.path("replayable").asBoolean()).isTrue();
        assertThat(rows.get(1).path("replayable").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'',4", "status=expired,2", "status=rejected,1", "status=unknown,1", "status=closed,1", "eventName=Purchase,3",
        "eventName=ViewContent,1", "code=190,1", "code=463,1", "code=4,0", "conversationId=none,0",
        "until=2026-01-01T00:00:00Z,0", "since=2026-01-01T00:00:00Z,4", "since=4102444800,0"})
    void everyFilterLeavesOutTheOthersInTheListAndInADecision(String query, int many) {
        StoredConversions.put(account, "d", 2, "expired", "1 hour");
        StoredConversions.put(account, "r", 1, "rejected", "1 hour");
        StoredConversions.put(account, "u", 1, "unknown", "1 hour");
        StoredConversions.put(account, "c", 1, "closed", "1 hour");
        server.database().update("update conversion set event_name = 'ViewContent' where account_id = ? and event_id = 'd-2'",
                account.id);
        server.database().update("insert into history (conversion_id, event, state, attempt, code, subcode) "
                + "select id, 'attempt', 'expired', 1, 190, 463 from conversion where account_id = ? and event_id = 'd-1'",
                account.id);

        assertThat(list("&" + query).path("deadLetters")).hasSize(many);

        if (!query.contains("closed")) {
            Map<String, Object> filter = filter("reason", "So.", "dryRun", true);
            if (!query.isEmpty()) {
                filter.put(query.replaceAll("=.*", ""), query.replaceAll(".*=", ""));
            }
            assertThat(decide("close", filter).json().path("matched").asInt()).isEqualTo(many);
        }
    }

    @Test
    void thePagesOfTheListShowEachOnceTheNewestFirstWhileOthersArrive() {
        StoredConversions.put(account, "d", 7, "expired", "1 hour");
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = list("&limit=3" + cursor);
            seen.addAll(page.path("deadLetters").findValuesAsText("eventId"));
            StoredConversions.put(account, "later-" + seen.size(), 1, "expired", "1 minute");
            String next = page.at("/pagination/nextCursor").textValue();
            cursor = next == null ? null : "&cursor=" + next;
        } while (cursor != null);

        assertThat(seen).containsExactly("d-7", "d-6", "d-5", "d-4", "d-3", "d-2", "d-1");
    }

    @Test
    void aDryRunCountsAndChangesNothing() {
        StoredConversions.put(account, "d", 3, "expired", "1 hour");
        StoredConversions.put(account, "old", 2, "expired", "8 days");
        String before = server.database().queryForList("select * from conversion where account_id = ? order by id",
                account.id).toString();

        for (String decision : List.of("replay", "release", "close")) {
            JsonNode answer = decide(decision, filter("reason", "So.", "dryRun", true)).json();
            assertThat(answer.path("dryRun").asBoolean()).isTrue();
            assertThat(answer.path("matched").asInt()).isEqualTo(decision.equals("release") ? 0 : 5);
            assertThat(answer.path("tooOld").asInt()).isEqualTo(decision.equals("replay") ? 2 : 0);
        }
        assertThat(server.database().queryForList("select * from conversion where account_id = ? order by id", account.id)
                .toString()).isEqualTo(before);
    }

    @Test
    void aReplayLeavesAloneWhatWasNotNamedAndWhatIsTooOld() {
        StoredConversions.put(account, "d", 3, "expired", "1 hour");
        StoredConversions.put(account, "old", 2, "expired", "8 days");
        StoredConversions.put(account, "r", 1, "rejected", "1 hour");
        StoredConversions.put(account, "u", 1, "unknown", "1 hour");

        JsonNode answer = decide("replay", filter("status", "expired")).json();

        assertThat(answer.toString()).isEqualTo("{\"matched\":5,\"replayed\":3,\"tooOld\":2,\"withoutClick\":0,"
                + "\"dryRun\":false,\"complete\":true}");
        await().untilAsserted(() -> assertThat(StoredConversions.count(account, "delivered")).isEqualTo(3));
        assertThat(StoredConversions.sent(account)).containsExactlyInAnyOrder("d-1", "d-2", "d-3");
        assertThat(decide("replay", filter()).json().path("replayed").asInt()).as("the rejected one").isEqualTo(1);
    }

    @Test
    void whatMetaMayHaveCountedIsSentAgainByAReleaseAlone() {
        StoredConversions.put(account, "u", 2, "unknown", "1 hour");

        Reply replay = decide("replay", filter("status", "unknown"));
        assertThat(replay.status()).isEqualTo(400);
        assertThat(replay.json().path("error").asText()).contains("/api/v1/dead-letters/release");

        assertThat(decide("release", filter()).json().path("released").asInt()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(StoredConversions.count(account, "delivered")).isEqualTo(2));
        assertThat(StoredConversions.sent(account)).containsExactlyInAnyOrder("u-1", "u-2");
    }

    @Test
    void closingWritesTheReasonIntoEveryHistoryAndParkedOnesMustBeNamed() {
        StoredConversions.put(account, "d", 2, "expired", "8 days");
        StoredConversions.put(account, "p", 1, "parked", "1 hour");

        assertThat(decide("close", filter("reason", "Tests only.")).json().path("closed").asInt()).isEqualTo(2);
        assertThat(decide("close", filter("reason", "Tests only.", "status", "parked")).json().path("closed").asInt())
                .isEqualTo(1);

        assertThat(StoredConversions.count(account, "closed")).isEqualTo(3);
        assertThat(server.database().queryForObject("select count(*) from history h join conversion c on c.id = "
                + "h.conversion_id where c.account_id = ? and h.event = 'closed' and h.reason = 'Tests only.'",
                Integer.class, account.id)).isEqualTo(3);
    }

    @Test
    void aReplayWithoutAStatusMeansAllThatCanBeReplayed() {
        StoredConversions.put(account, "d", 2, "expired", "1 hour");
        StoredConversions.put(account, "r", 2, "rejected", "1 hour");
        StoredConversions.put(account, "u", 1, "unknown", "1 hour");

        assertThat(decide("replay", filter()).json().path("replayed").asInt()).isEqualTo(4);

        await().untilAsserted(() -> assertThat(StoredConversions.sent(account)).containsExactlyInAnyOrder("d-1", "d-2", "r-1", "r-2"));
        assertThat(StoredConversions.count(account, "unknown")).isEqualTo(1);
    }

    @Test
    void aStatusAloneMeansEveryConversionThatHasIt() {
        StoredConversions.put(account, "r", 2, "rejected", "1 hour");
        StoredConversions.put(account, "d", 1, "expired", "1 hour");

        Reply dry = decide("replay", "{\"status\":\"rejected\",\"dryRun\":true}");

        assertThat(dry.status()).as(dry.body()).isEqualTo(200);
        assertThat(dry.json().path("matched").asInt()).isEqualTo(server.database().queryForObject(
                "select count(*) from conversion where state = 'rejected'", Integer.class)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aRejectedOneThatIsNamedNeedsNoStatus() {
        StoredConversions.put(account, "r", 1, "rejected", "1 hour");

        assertThat(decide("replay", Map.of("ids", List.of(list("").at("/deadLetters/0/id").asText()))).json().path("replayed")
                .asInt()).isEqualTo(1);
    }

    @Test
    void idsNameTheOnesThatAreMeant() {
        StoredConversions.put(account, "d", 3, "expired", "1 hour");
        String one = list("").at("/deadLetters/1/id").asText();

        assertThat(decide("replay", Map.of("ids", List.of(one))).json().path("replayed").asInt()).isEqualTo(1);

        await().untilAsserted(() -> assertThat(StoredConversions.sent(account)).containsExactly("d-2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"all\":false}", "{\"all\":\"yes\"}",
        "{\"dryRun\":true}", "{\"all\":true,\"dryRun\":1}", "{\"all\":true,\"eventname\":\"Purchase\"}",
        "{\"all\":true,\"status\":\"delivered\"}", "{\"all\":true,\"status\":\"unknown\"}", "{\"ids\":[\"x\"]}",
        "{\"ids\":\"x\"}", "{\"all\":true,\"since\":\"yesterday\"}", "{\"all\":true,\"until\":-1}",
        "{\"all\":true,\"accountId\":7}", "{\"all\":true,\"accountId\":null}"})
    void aReplayThatDoesNotSayWellWhatIsMeantIsRefused(String body) {
        StoredConversions.put(account, "d", 1, "expired", "1 hour");

        Reply reply = decide("replay", body);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(StoredConversions.count(account, "expired")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=queued", "status=parked", "limit=0", "limit=201", "cursor=x", "since=yesterday", "until=x"})
    void aParameterOutOfItsRangeIsRefused(String query) {
        assertThat(server.call("GET", "/api/v1/dead-letters?" + query, null).status()).isEqualTo(400);
    }

    private Map<String, Object> filter(Object... more) {
        Map<String, Object> filter = new HashMap<>(Map.of("accountId", account.id));
        for (int i = 0; i < more.length; i += 2) {
            filter.put((String) more[i], more[i + 1]);
        }
        return filter;
    }

    private Reply decide(String decision, Object body) {
        return server.call("POST", "/api/v1/dead-letters/" + decision, body);
    }

    private JsonNode list(String query) {
        return server.call("GET", "/api/v1/dead-letters?accountId=" + account.id + query, null).json();
    }
}
