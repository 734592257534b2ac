package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Proxy;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.InflightRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The database goes away while Meta is being called: the answer is known here alone, and is not forgotten. */
class LateOutcomeTest {

    private static Proxy proxy;
    private static Server server;

    private final TestAccount account = TestAccount.connect(server);
    private final String events = account.datasetId + "/events";

    @BeforeAll
    static void start() {
        URI address = URI.create(Server.newDatabase().substring("jdbc:".length()));
        proxy = new Proxy(address.getPort());
        server = Server.start(Map.of("clickthread.database.url",
                "jdbc:postgresql://localhost:" + proxy.port() + address.getPath(), "clickthread.database.username",
                "postgres", "clickthread.database.connection-timeout-millis", "500"));
    }

    @AfterAll
    static void stop() {
        server.stop();
        proxy.close();
    }

    @Test
    void theCallerHearsWhatMetaSaidAndItIsWrittenDownOnceTheDatabaseIsBack() {
        String phone = account.clicked("clid");
        server.graph.beforeAnswer(events, proxy::cut);

        Reply reply = account.convert(phone, "Purchase", "1");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("eventsReceived").asInt()).isEqualTo(1);
        proxy.mend();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() ->
                assertThat(show(reply).path("status").asText()).isEqualTo("delivered"));
        assertThat(show(reply).path("attempts")).hasSize(1);
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    @Test
    void whileTheDatabaseIsAwayALateResultIsTriedByOneRoundAtATimeAndWrittenOnce() {
        String phone = account.clicked("clid");
        server.graph.beforeAnswer(events, proxy::cut);
        Reply reply = account.convert(phone, "Purchase", "1");
        InflightRepository rounds = server.context.getBean(CamelContext.class).getInflightRepository();

        await().until(() -> rounds.size("record-pending-results") > 0);
        await().during(Duration.ofSeconds(1)).until(() -> rounds.size("record-pending-results") <= 1);

        proxy.mend();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() ->
                assertThat(show(reply).path("status").asText()).isEqualTo("delivered"));
        assertThat(show(reply).path("attempts")).hasSize(1);
    }

    @Test
    void aDestinationThatCannotBeUpdatedCostsTheOutcomeNothing() {
        String phone = account.clicked("clid");
        server.graph.next(events, Reaction.of(500, ""));
        server.graph.beforeAnswer(events, proxy::cut);

        Reply reply = account.convert(phone, "Purchase", "1");

        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        proxy.mend();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() ->
                assertThat(show(reply).path("status").asText()).isEqualTo("delivered"));
        assertThat(show(reply).path("attempts").findValuesAsText("outcome")).containsExactly("transient", "accepted");
    }

    @Test
    void aSearchForPoisonThatIsInterruptedGoesOnLaterAndDoublesNothing() {
        server.database().update("insert into destination (account_id, dataset_id, state, retry_at, reason) "
                + "values (?, ?, 'suspended', now() + interval '1 hour', 'A test holds it.')", account.id, account.datasetId);
        List<Reply> replies = IntStream.range(0, 16).mapToObj(i -> {
            Map<String, Object> body = new LinkedHashMap<>(Map.of("accountId", account.id, "phoneE164",
                    account.clicked("clid" + i), "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", "event-" + i));
            return server.call("POST", "/api/v1/whatsapp/conversions", body);
        }).toList();
        server.graph.poison(events, "event-9");
        server.graph.next(events, StandInGraph.USUAL);
        server.graph.beforeAnswer(events, () -> server.graph.beforeAnswer(events, proxy::cut)); // during the second call

        server.call("POST", "/api/v1/accounts/" + account.id + "/resume", null);
        await().until(() -> server.graph.calls(events).size() >= 2);
        proxy.mend();

        for (int i = 0; i < 16; i++) {
            String expected = i == 9 ? "rejected" : "delivered";
            Reply reply = replies.get(i);
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() ->
                    assertThat(show(reply).path("status").asText()).isEqualTo(expected));
        }
        assertThat(server.graph.taken(events).stream().flatMap(call ->
                call.json().path("data").findValuesAsText("event_id").stream())).hasSize(15).doesNotHaveDuplicates();
    }

    private JsonNode show(Reply reply) {
        return server.call("GET", reply.header("Location"), null).json();
    }
}
