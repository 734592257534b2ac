package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.clickthread.capture.InboundWebhook;
import io.clickthread.capture.IngestResult;
import io.clickthread.conversion.NewConversion;
import io.clickthread.source.SourceMessage;
import io.clickthread.source.SourceResult;
import io.clickthread.support.Server;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;

/** Topics, files, and what becomes of a message whichever source brought it. */
@RoutesOf({"sources/source-messages", "sources/kafka-conversions", "sources/kafka-orders", "sources/csv-folder"})
class SourceMessageRoutesTest extends RouteTest {

    private static final String QUARANTINE = "quarantine-webhook";

    private final String id = Webhooks.unique();
    private final AtomicInteger commits = new AtomicInteger();
    @TempDir
    private Path folder;

    @BeforeEach
    void play() {
        answersEach(Ledger.ACCEPT, Ledger::fresh);
        answersEach(Ledger.COMPARE, row -> null);
        answers(QUARANTINE, row -> ((Map<?, ?>) row).get("id"));
    }

    @Test
    void aRecordInTheFieldsOfTheApiIsTakenAndItsOffsetMoves() {
        assertThat(bring("kafka-conversions", lead()).getException()).isNull();
        assertThat(submitted()).containsOnly(entry("eventName", "LeadSubmitted"), entry("eventId", "lead-" + id), entry("phoneE164", "+15551234567"),
                entry("accountId", World.SOURCES_ACCOUNT));
        assertThat(commits).hasValue(1);
        assertThat(trail.steps()).containsSubsequence("accept-conversions-sql", "judge-outcomes", "commit-offset");
    }

    @Test
    void aPaidOrderOfATopicIsAPurchaseAndAnotherOneIsNone() {
        bring("take-kafka-order", order("open"));
        assertThat(given(mock("direct:submit-conversion"))).isEmpty();
        bring("take-kafka-order", order("paid"));
        assertThat(submitted()).containsOnly(entry("eventName", "Purchase"), entry("eventId", "order-" + id), entry("eventTime", 1_795_341_524L),
                entry("phoneE164", "+15551234567"), entry("value", new BigDecimal("19.90")), entry("currency", "EUR"), entry("accountId", World.SOURCES_ACCOUNT));
        assertThat(commits).hasValue(2);
        assertThat(given(statement(QUARANTINE))).isEmpty();
    }

    @Test
    void aPoisonousRecordIsKeptBeforeItsOffsetMoves() {
        assertThat(bring("kafka-conversions", "{broken").getException()).isNull();
        assertThat((Map<?, ?>) given(QUARANTINE)).extracting("provider", "reason").containsExactly("kafka", "It is not a JSON object.");
        assertThat(trail.steps()).containsSubsequence("judge-outcomes", "only-refused", "quarantine-webhook-sql", "commit-offset");
        assertThat(commits).hasValue(1);
    }

    @Test
    void aRecordIsBroughtAgainIfTheDatabaseIsAway() {
        fails(Ledger.ACCEPT, away());
        assertThat(bring("kafka-conversions", lead()).getException(DataAccessResourceFailureException.class)).isNotNull();
        assertThat(commits).hasValue(0);
        assertThat(given(statement(QUARANTINE))).isEmpty();
    }

    @Test
    void aRecordThatCannotBeKeptIsBroughtAgain() {
        fails(QUARANTINE, away());
        assertThat(bring("kafka-conversions", "{broken").getException()).isNotNull();
        assertThat(commits).hasValue(0);
    }

    @Test
    void aConversionThatIsRefusedCostsItsNeighboursInTheMessageNothing() {
        answersEach(Ledger.ACCEPT, row -> ((NewConversion) row).eventId().endsWith("lead") ? Ledger.unknown(row) : Ledger.fresh(row));
        SourceResult result = (SourceResult) result("direct:submit-source-message", new SourceMessage("chatwoot", null, Server.json(Map.of("event",
                "conversation_updated", "id", 1, "inbox_id", 3, "custom_attributes", Map.of("value", 1, "currency", "BRL"), "meta",
                Map.of("sender", Map.of("id", 7, "phone_number", "+15551234567")), "changed_attributes",
                List.of(Map.of("label_list", Map.of("current_value", List.of("lead", "won"))))))));
        assertThat(result.taken()).isEqualTo(1);
        assertThat(result.refusal()).contains("No CTWA-attributed conversation");
        assertThat(given(statement(QUARANTINE))).as("the message is kept once, whole").hasSize(1);
    }

    @Test
    void aMessageThatIsRunAgainIsMappedAsItIsNowAndNotKeptAgain() {
        Exchange done = routes.send("direct:replay-source-message", exchange -> {
            exchange.setVariable("replay", true);
            exchange.getMessage().setBody(new InboundWebhook("kafka-orders", null, Server.json(order("paid")), List.of(), List.of(), null));
        });
        assertThat(((IngestResult) done.getMessage().getBody()).isQuarantined()).isFalse();
        assertThat(this.<NewConversion>rows(Ledger.ACCEPT)).extracting(NewConversion::eventId).containsExactly("order-" + id);

        answersEach(Ledger.ACCEPT, Ledger::unknown);
        done = routes.send("direct:replay-source-message", exchange -> {
            exchange.setVariable("replay", true);
            exchange.getMessage().setBody(new InboundWebhook("kafka-orders", null, Server.json(order("paid")), List.of(), List.of(), null));
        });
        assertThat(((IngestResult) done.getMessage().getBody()).isQuarantined()).isTrue();
        assertThat(given(statement(QUARANTINE))).isEmpty();
    }

    @Test
    void aFileWhoseLinesAreAllTakenGoesToDone() throws IOException {
        Exchange done = read(line("a"), line("b"));
        assertThat(done.getVariable("target", String.class)).startsWith(".done/");
        assertThat(given(statement(Ledger.ACCEPT))).as("a commit each").hasSize(2);
        assertThat(given(mock("direct:take-csv-line"))).hasSize(2);
    }

    @Test
    void aLineThatIsRefusedIsListedAndItsNeighboursAreTaken() throws IOException {
        answersEach(Ledger.ACCEPT, row -> ((NewConversion) row).eventId().equals("b-" + id) ? Ledger.unknown(row) : Ledger.fresh(row));
        Exchange done = read(line("a"), line("b"), line("c"));
        assertThat(done.getVariable("target", String.class)).startsWith(".failed/");
        assertThat(refused()).contains("3,\"").doesNotContain("\n2,\"", "\n4,\"");
        assertThat(given(statement(Ledger.ACCEPT))).hasSize(3);
    }

    @Test
    void aFileIsReadAgainIfTheDatabaseIsAway() throws IOException {
        fails(Ledger.ACCEPT, away());
        Exchange done = read(line("a"), line("b"));
        assertThat(done.getException(DataAccessResourceFailureException.class)).isNotNull();
        assertThat(done.getVariable("target")).as("it stays where it is").isNull();
        assertThat(given(statement(Ledger.ACCEPT))).as("what is behind is not tried").hasSize(1);
    }

    @Test
    void aLineAtWhichTheServerFailsIsRefusedInTheFifthRound() throws IOException {
        fails(Ledger.ACCEPT, new IllegalStateException("a fault of ours"));
        for (int round = 1; round < 5; round++) {
            assertThat(read(line("a")).getException(IllegalStateException.class)).as("round %d", round).isNotNull();
        }
        assertThat(read(line("a")).getVariable("target", String.class)).startsWith(".failed/");
        assertThat(refused()).contains("The server fails at this line");
    }

    private Exchange bring(String route, Object message) {
        return routes.send("direct:from-" + route, exchange -> {
            exchange.getMessage().setHeader(KafkaConstants.MANUAL_COMMIT, (KafkaManualCommit) commits::incrementAndGet);
            exchange.getMessage().setBody(Server.json(message));
        });
    }

    private Exchange read(String... lines) throws IOException {
        Path file = folder.resolve("sales.csv");
        Files.writeString(file, "eventId,eventName,phoneE164\n" + String.join("\n", lines) + "\n");
        return run("csv-folder", file.toFile());
    }

    private String refused() throws IOException {
        try (var files = Files.list(folder.resolve(".failed"))) {
            return Files.readString(files.filter(file -> file.toString().endsWith(".refused.csv")).findFirst().orElseThrow());
        }
    }

    private String line(String name) {
        return name + "-" + id + ",LeadSubmitted,+15551234567";
    }

    private Map<String, Object> lead() {
        return Map.of("eventName", "LeadSubmitted", "eventId", "lead-" + id, "phoneE164", "+15551234567");
    }

    private Map<String, Object> order(String state) {
        return Map.of("orderId", id, "state", state, "paidAt", Instant.ofEpochSecond(1_795_341_524).toString(), "customer", Map.of("phone", "+15551234567"),
                "total", Map.of("amount", "19.90", "currency", "EUR"));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> submitted() {
        assertThat(given(mock("direct:submit-conversion"))).hasSize(1);
        return (Map<String, Object>) given(mock("direct:submit-conversion")).get(0);
    }

    private static RuntimeException away() {
        return new DataAccessResourceFailureException("away", new SQLException("away", "08006"));
    }
}
