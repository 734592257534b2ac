package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Meta takes events of the last 7 days: the last try is made in time, and what is older ends with that reason. */
class AgeTest {

    private static final long DAY = 86_400;
    private static final Server SERVER = Server.start(Map.of("clickthread.delivery.probe-delays", "1h",
            "clickthread.delivery.retry-delays", "1h", "clickthread.delivery.age-check", "100ms"));
    private static final Reaction BAD_TOKEN = Reaction.of(401, "{\"error\":{\"message\":\"no\",\"code\":190}}");

    private final TestAccount account = TestAccount.connect(SERVER);
    private final String events = account.datasetId + "/events";

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void theLastTryIsMadeEvenToASuspendedDestinationAndResetsItIfItWorks() {
        pause();
        Reply young = convert("young", DAY);
        assertThat(SERVER.graph.taken(events)).isEmpty();

        Reply old = convert("old", 7 * DAY - 300);

        await().untilAsserted(() -> assertThat(show(old).path("status").asText()).isEqualTo("delivered"));
        assertThat(SERVER.graph.taken(events).get(0).event().path("event_id").asText()).isEqualTo("old");
        await().untilAsserted(() -> assertThat(show(young).path("status").asText()).isEqualTo("delivered"));
    }

    @Test
    void aLastTryThatFailsIsTheEnd() {
        pause();
        SERVER.graph.next(events, BAD_TOKEN);
        Reply old = convert("old", 7 * DAY - 300);

        await().untilAsserted(() -> assertThat(show(old).path("status").asText()).isEqualTo("expired"));
        assertThat(show(old).path("reason").asText()).contains("last try", "7 days", "190");
        assertThat(show(old).path("attempts")).hasSize(1);
    }

    @Test
    void aRetryIsMovedForwardToTheLastTry() {
        SERVER.graph.next(events, Reaction.of(500, ""));
        Reply old = convert("old", 7 * DAY - 602); // 2 seconds before its last try

        assertThat(old.status()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(show(old).path("status").asText()).isEqualTo("delivered"));
    }

    @Test
    void whatGrowsTooOldWhileItWaitsIsDeadAndSaysWhatHeldItUp() {
        pause();
        Reply reply = convert("1", DAY);
        SERVER.database().update("update conversion set event_time = now() - interval '7 days' where id = ?",
                reply.json().path("conversionId").asText());

        await().untilAsserted(() -> assertThat(show(reply).path("status").asText()).isEqualTo("expired"));

        assertThat(show(reply).path("reason").asText()).contains("7 days", "held up", "190");
        assertThat(show(reply).path("history").findValuesAsText("event")).endsWith("expired");
        assertThat(SERVER.graph.taken(events)).isEmpty();
    }

    private void pause() {
        SERVER.graph.next(events, BAD_TOKEN);
        assertThat(convert("opener", 0).status()).isEqualTo(202);
    }

    private Reply convert(String eventId, long age) {
        return account.convert(account.clicked("clid-" + eventId), "Purchase", eventId, "eventTime",
                TestAccount.now() - age);
    }

    private JsonNode show(Reply reply) {
        return SERVER.call("GET", reply.header("Location"), null).json();
    }
}
