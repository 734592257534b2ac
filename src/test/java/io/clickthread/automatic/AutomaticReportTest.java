package io.clickthread.automatic;

import static io.clickthread.automatic.AutomaticEventTest.AutomaticEvents.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.automatic.AutomaticEventTest.AutomaticEvents;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Meta's own events that an account reports: each once, and never beside the account's own event of the same kind. */
class AutomaticReportTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final AutomaticEvents of = new AutomaticEvents(account);
    private final String events = account.datasetId + "/events";
    private final String clid = "clid-" + Webhooks.unique();
    private String phone;

    @BeforeEach
    void report() {
        assertThat(of.set("report").status()).isEqualTo(200);
        phone = account.clicked(clid);
    }

    @Test
    void itIsSentOnceAsAnEventOfMetasOwnHoweverOftenItComes() {
        Map<String, Object> event = purchase("wamid.r" + clid, clid, 25_500);
        of.receive(event);
        of.receive(event);
        awaitCalls(1);
        of.receive(event);

        JsonNode sent = server.graph.calls(events).get(0).event();
        assertThat(sent.at("/messaging_outcome_data/outcome_type").asText()).isEqualTo("automatic_events");
        assertThat(sent.path("event_id").asText()).isEqualTo("automatic-wamid.r" + clid);
        assertThat(sent.path("event_time").asLong()).isEqualTo(event.get("timestamp"));
        assertThat(sent.at("/user_data/ctwa_clid").asText()).isEqualTo(clid);
        assertThat(sent.at("/custom_data/value").decimalValue()).isEqualByComparingTo("25.5");
        assertThat(of.list().get(0).path("conversionId").asText()).hasSize(24);
        assertThat(of.list().get(0).path("decision").asText()).isEqualTo("Reported to Meta.");
        assertThat(account.convert(phone, "LeadSubmitted", "after").status()).isEqualTo(200);
        assertThat(server.graph.calls(events)).hasSize(2);
        assertThat(server.graph.calls(events).get(1).event().has("messaging_outcome_data")).isFalse();
    }

    @Test
    void theFirstOwnEventAfterItIsTakenButNotSentAndTheSecondIsSent() {
        of.receive(purchase("wamid.s" + clid, clid, 1_000));
        awaitCalls(1);

        Reply own = account.convert(phone, "Purchase", "order-1");
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.json().path("status").asText()).isEqualTo("closed");
        assertThat(own.json().path("eventsReceived").asInt()).isZero();
        assertThat(own.json().path("eventsFailed").asInt()).isZero();
        assertThat(own.json().path("reason").asText()).contains("reported already");
        Reply again = account.convert(phone, "Purchase", "order-1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.json()).isEqualTo(own.json());
        assertThat(of.list().get(0).path("ownConversionId")).isEqualTo(own.json().path("conversionId"));

        assertThat(account.convert(phone, "Purchase", "order-2").json().path("eventsReceived").asInt()).isEqualTo(1);
        assertThat(server.graph.calls(events)).hasSize(2);
    }

    @Test
    void itIsNotReportedIfTheAccountReportedTheSameBefore() {
        account.convert(phone, "Purchase", "order-1");

        of.receive(purchase("wamid.b" + clid, clid, 1_000));
        of.receive(purchase("wamid.b" + clid, clid, 1_000));

        assertThat(of.list().get(0).path("decision").asText()).contains("own event");
        assertThat(of.list().get(0).path("ownConversionId").asText()).hasSize(24);
        assertThat(of.list().get(0).path("conversionId").isNull()).isTrue();
        of.receive(purchase("wamid.c" + clid, clid, 1_000)); // a second sale
        awaitCalls(2);
    }

    @Test
    void anOwnEventThatMetaRefusedIsNotSentWithOtherContentsOnceMetasOwnStandsForIt() {
        server.graph.next(events, StandInGraph.Reaction.of(400, StandInGraph.REFUSED));
        account.convert(phone, "Purchase", "order-1", "value", 1);
        of.receive(purchase("wamid.m" + clid, clid, 1_000));
        awaitCalls(2);

        Reply mended = account.convert(phone, "Purchase", "order-1", "value", 2);

        assertThat(mended.json().path("status").asText()).as(mended.body()).isEqualTo("closed");
        assertThat(of.list().get(0).path("ownConversionId")).isEqualTo(mended.json().path("conversionId"));
        assertThat(account.convert(phone, "Purchase", "order-1", "value", 2).json()).isEqualTo(mended.json());
        assertThat(server.graph.calls(events)).hasSize(2);
    }

    @Test
    void anotherNameOrClickIsAnotherEvent() {
        account.convert(phone, "LeadSubmitted", "lead");
        of.receive(purchase("wamid.n" + clid, clid, 1_000));
        awaitCalls(2);

        String other = account.clicked(clid + "-other");
        assertThat(account.convert(other, "Purchase", "order").json().path("eventsReceived").asInt()).isEqualTo(1);
    }

    @Test
    void ownEventsThatComeAtOnceArePairedOneForOne() {
        of.receive(purchase("wamid.p" + clid, clid, 1_000));
        awaitCalls(1);
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String eventId = "order-" + i;
            replies.add(CompletableFuture.supplyAsync(() -> account.convert(phone, "Purchase", eventId)));
        }

        long closed = replies.stream().map(CompletableFuture::join)
                .filter(reply -> "closed".equals(reply.json().path("status").asText())).count();

        assertThat(closed).isEqualTo(1);
        awaitCalls(12);
    }

    @Test
    void anOwnConversionThatWaitsForTheClickCountsAsWell() {
        String late = Webhooks.phone();
        Map<String, Object> touch = Webhooks.click(late, null, TestAccount.now());
        account.receive(touch);
        assertThat(server.call("POST", "/api/v1/whatsapp/conversions", Map.of("accountId", account.id, "phoneE164", late,
                "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", "late"), "Prefer", "wait-for-click").status()).isEqualTo(202);

        of.receive(purchase((String) touch.get("id"), clid + "-late", 1_000));

        awaitCalls(1);
        assertThat(server.graph.calls(events).get(0).event().path("event_id").asText()).isEqualTo("late");
        assertThat(of.list().get(0).path("ownConversionId").asText()).hasSize(24);
    }

    @Test
    void whatMetaWouldRefuseIsRecordedWithTheReasonAndNeverRefusedToMeta() {
        Map<String, Object> old = new LinkedHashMap<>(purchase("wamid.old" + clid, clid, 1));
        old.put("timestamp", String.valueOf(TestAccount.now() - 8 * 86_400));
        Map<String, Object> odd = new LinkedHashMap<>(purchase("wamid.odd" + clid, clid, 1));
        odd.put("event_name", "Unheard");

        assertThat(of.receive(old, odd, purchase("wamid.x", null, 1), purchase("wamid.y", "unseen-" + clid, 1)).status())
                .isEqualTo(200);

        assertThat(of.list().findValuesAsText("decision")).hasSize(4).allMatch(text -> text.startsWith("Not reported: "));
        assertThat(of.list().findValuesAsText("decision")).anyMatch(text -> text.contains("7 days"));
        assertThat(server.graph.calls(events)).isEmpty();
    }

    @Test
    void withoutADatasetItIsRecordedWithTheReason() {
        TestAccount bare = TestAccount.connect(server, null);
        AutomaticEvents ofBare = new AutomaticEvents(bare);
        ofBare.set("report");
        bare.clicked(clid);

        assertThat(ofBare.receive(purchase("wamid.d" + clid, clid, 1)).status()).isEqualTo(200);

        assertThat(ofBare.list().get(0).path("decision").asText()).startsWith("Not reported: ").contains("dataset");
    }

    private void awaitCalls(int count) {
        await().untilAsserted(() -> assertThat(server.graph.calls(events).stream()
                .mapToInt(call -> call.json().path("data").size()).sum()).isEqualTo(count));
    }
}
