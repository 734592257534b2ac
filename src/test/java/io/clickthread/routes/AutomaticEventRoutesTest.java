package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.conversion.NewConversion;
import io.clickthread.support.Server;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The events that Meta itself has found in chats: recorded, and reported for accounts that want it. */
@RoutesOf("capture/automatic-events")
class AutomaticEventRoutesTest extends RouteTest {

    private static final String RECORD = "record-automatic-events";
    private static final String PAIR = "pair-automatic-event";

    private final String messageId = "wamid." + Webhooks.unique();

    @BeforeEach
    void play() {
        answersEach(RECORD, row -> recorded("6921a0d40c1ed00000000001", false));
        answers(PAIR, row -> {
            Map<String, Object> answer = new HashMap<>(Map.of("id", "e1"));
            answer.put("conversion_id", value(row, "conversionId"));
            return answer;
        });
        answersEach(Ledger.ACCEPT, Ledger::fresh);
        answersEach(Ledger.COMPARE, row -> null);
    }

    @Test
    void anAccountThatWantsItHasAnEventReportedOnceItIsDurable() {
        assertReceived(world.connect(Map.of("automatic_events", "report")), event(messageId, Ledger.CLICK));
        assertThat(this.<Map<String, Object>>rows(RECORD)).singleElement().satisfies(row -> assertThat(row).containsEntry("messageId", messageId)
                .containsEntry("eventName", "Purchase").containsEntry("clickId", Ledger.CLICK));
        assertThat(this.<NewConversion>rows(Ledger.ACCEPT)).singleElement().satisfies(row -> {
            assertThat(row.clickId()).isEqualTo(Ledger.CLICK);
            assertThat(row.eventId()).isEqualTo("automatic-" + messageId);
            assertThat(row.outcomeType()).isEqualTo("automatic_events");
            assertThat(row.leaseMillis()).as("left to the background").isNull();
            assertThat(row.id()).isEqualTo(value(given(PAIR), "conversionId"));
        });
        assertThat(trail.steps()).containsSubsequence("only-events", "read-events", "record-automatic-events-sql", "split-reports",
                "prepare-report", "pair-automatic-event-sql", "choose-report", "begin-inserts");
    }

    @Test
    void anAccountThatRecordsThemReportsNone() {
        assertReceived(world.connect(), event(messageId, Ledger.CLICK));
        assertThat(rows(RECORD)).hasSize(1);
        assertThat(given(mock("direct:report-automatic-event"))).isEmpty();
    }

    @Test
    void whatTheAccountHasReportedItselfAndWhatComesTwiceIsNotReported() {
        answers(RECORD, rows -> {
            List<Object> answers = new ArrayList<>();
            answers.add(recorded("6921a0d40c1ed00000000001", true));
            answers.add(null);
            answers.add(recorded("6921a0d40c1ed00000000001", false));
            return answers;
        });
        assertReceived(world.connect(Map.of("automatic_events", "report")), event(messageId, Ledger.CLICK), event(messageId, Ledger.CLICK),
                event(messageId + "c", Ledger.CLICK));
        assertThat(this.<NewConversion>rows(Ledger.ACCEPT)).extracting(NewConversion::eventId).containsExactly("automatic-" + messageId + "c");
    }

    @Test
    void anEventWithoutAClickIsDecidedAndNotReported() {
        assertReceived(world.connect(Map.of("automatic_events", "report")), event(messageId, null));
        assertThat(value(given(PAIR), "decision")).asString().startsWith("Not reported");
        assertThat(given(statement(Ledger.ACCEPT))).isEmpty();
    }

    @Test
    void anEventThatThePairingGivesToAnOwnConversionIsNotReported() {
        answers(PAIR, row -> new HashMap<>(Map.of("id", "e1")));
        assertReceived(world.connect(Map.of("automatic_events", "report")), event(messageId, Ledger.CLICK));
        assertThat(given(PAIR)).isNotNull();
        assertThat(given(statement(Ledger.ACCEPT))).isEmpty();
    }

    @Test
    void anEventThatCannotBeReportedStopsThoseBehindItAndIsSentAgainByMeta() {
        fails(PAIR, new IllegalStateException("a fault of ours"));
        assertThat(receive(world.connect(Map.of("automatic_events", "report")), event(messageId, Ledger.CLICK), event(messageId + "b", Ledger.CLICK))
                .status()).isEqualTo(500);
        assertThat(given(statement(PAIR))).hasSize(1);
    }

    @Test
    void anEventWhoseConversionTheDatabaseRefusesIsNotTakenForReported() {
        answers(Ledger.ACCEPT, row -> new IllegalStateException("a value that no column takes"));
        assertThat(receive(world.connect(Map.of("automatic_events", "report")), event(messageId, Ledger.CLICK)).status()).isEqualTo(500);
    }

    private static Map<String, Object> recorded(String conversation, boolean isPaired) {
        return new HashMap<>(Map.of("event_id", "e1", "conversation_id", conversation, "is_paired", isPaired));
    }

    private static Object value(Object row, String name) {
        return ((Map<?, ?>) row).get(name);
    }

    private static Map<String, Object> event(String messageId, String clickId) {
        Map<String, Object> event = new HashMap<>(Map.of("id", messageId, "event_name", "Purchase", "timestamp", System.currentTimeMillis() / 1000,
                "custom_data", Map.of("currency", "USD", "value", 25000)));
        event.put("ctwa_clid", clickId);
        event.values().removeIf(Objects::isNull);
        return event;
    }

    private void assertReceived(World.Connected account, Object... events) {
        assertThat(receive(account, events).status()).isEqualTo(200);
    }

    private Answer receive(World.Connected account, Object... events) {
        byte[] body = Server.json(Webhooks.envelope(Map.of("field", "automatic_events", "value", Map.of("messaging_product", "whatsapp",
                "metadata", Map.of("phone_number_id", account.number()), "automatic_events", List.of(events)))));
        return answer("receive-meta-webhook", Requests.of("/webhooks/meta", null, body, "X-Hub-Signature-256", Webhooks.signature(body, Server.APP_SECRET)));
    }
}
