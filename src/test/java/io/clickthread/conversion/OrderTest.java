package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.StandInGraph.Call;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Events of one conversation reach Meta in the order in which they were accepted, whatever fails in between. */
class OrderTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = account.clicked("clid");
    private final String events = account.datasetId + "/events";

    @Test
    void whatComesAfterAConversionThatWaitsWaitsAsWell() {
        server.graph.next(events, Reaction.of(500, ""), Reaction.of(500, ""));
        Reply first = account.convert(phone, "LeadSubmitted", "1");
        Reply second = account.convert(phone, "Purchase", "2");

        assertThat(first.status()).isEqualTo(202);
        if (second.status() == 202) { // else the first was delivered meanwhile
            assertThat(second.json().path("reason").asText()).contains("earlier conversion");
        }
        await().untilAsserted(() -> assertThat(received()).containsExactly("1", "2"));
    }

    @Test
    void anEventWithATestCodeThatWaitsHoldsUpNoRealOne() {
        server.graph.next(events, Reaction.of(401, "{\"error\":{\"code\":190}}"), Reaction.of(401, "{\"error\":{\"code\":190}}"));
        assertThat(account.convert(phone, "Purchase", "test", "testCode", "TEST1").status()).isEqualTo(202);
        server.database().update("update destination set retry_at = now() + interval '1 hour' "
                + "where account_id = ? and state = 'suspended'",
                account.id);

        assertThat(account.convert(phone, "Purchase", "real").json().path("reason").asText()).doesNotContain("earlier");
    }

    @Test
    void fiftyConversationsOfFortyEventsKeepTheirOrderThroughAnyFailures() {
        List<String> phones = IntStream.range(0, 50).mapToObj(i -> account.clicked("clid" + i)).toList();
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            server.graph.next(events, switch (random.nextInt(6)) {
                case 0 -> Reaction.of(500, "");
                case 1 -> Reaction.of(429, "{}");
                case 2 -> Reaction.of(400, "{\"error\":{\"code\":4}}");
                case 3 -> Reaction.of(401, "{\"error\":{\"code\":190}}");
                case 4 -> Reaction.of(400, "{\"error\":{\"code\":2}}");
                default -> StandInGraph.USUAL;
            });
        }
        List<CompletableFuture<?>> senders = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            List<String> mine = phones.subList(part * 12, part == 3 ? 50 : part * 12 + 12);
            senders.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 40; i++) {
                    for (String one : mine) {
                        String event = one + "-" + (100 + i);
                        Reply reply = server.call("POST", "/api/v1/whatsapp/conversions", Map.of("accountId", account.id,
                                "phoneE164", one, "eventName", "Purchase", "value", 1, "currency", "USD",
                                        "eventId", event), "Prefer",
                                i % 3 == 0 ? "respond-async" : "wait=5");
                        assertThat(reply.status()).as(reply.body()).isIn(200, 202);
                    }
                }
            }));
        }
        senders.forEach(CompletableFuture::join);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(received()).hasSize(2_000));
        assertThat(received()).doesNotHaveDuplicates();
        for (String one : phones) {
            assertThat(received().stream().filter(event -> event.startsWith(one + "-")).toList()).as(one).isSorted();
        }
    }

    @Test
    void requestsForOneContactAtTheSameTimeAllHearWhatMetaSays() {
        List<CompletableFuture<Reply>> replies = IntStream.range(0, 20).mapToObj(i -> CompletableFuture.supplyAsync(() ->
                account.convert(phone, "Purchase", "at-once-" + i))).toList();

        assertThat(replies).allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(200));
        assertThat(received()).hasSize(20).doesNotHaveDuplicates();
    }

    /** The ids of the events that Meta took, in the order in which it got them. */
    private List<String> received() {
        return server.graph.taken(events).stream().map(Call::json)
                .flatMap(call -> StreamSupport.stream(call.path("data").spliterator(), false))
                .map(event -> event.path("event_id").asText()).toList();
    }
}
