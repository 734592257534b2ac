package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Meta counts every event it is sent, so a repetition sends none. */
class RepetitionTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = account.clicked("clid");
    private final String events = account.datasetId + "/events";

    @Test
    void aRepetitionIsAnsweredAsTheFirstWasAndCallsNobody() {
        Reply first = account.convert(phone, "Purchase", "order");
        Reply second = account.convert(phone, "Purchase", "order");

        assertThat(second.status()).isEqualTo(first.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(first.header("Idempotent-Replayed")).isNull();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    @Test
    void anotherEventNameOrEventIdIsAnotherEvent() {
        account.convert(phone, "Purchase", "order");
        account.convert(phone, "LeadSubmitted", "order");
        account.convert(phone, "Purchase", "ORDER");

        assertThat(server.graph.calls(events)).hasSize(3);
    }

    @Test
    void aRefusalIsRepeatedAsARefusal() {
        server.graph.next(events, Reaction.of(400, "{\"error\":{\"message\":\"Invalid parameter\",\"code\":100,"
                + "\"error_subcode\":2804087,\"error_user_title\":\"Messaging Event Invalid Ctwa Clid\"}}"));
        Reply first = account.convert(phone, "Purchase", "order");
        Reply second = account.convert(phone, "Purchase", "order");

        assertThat(first.json().path("eventsFailed").asInt()).isEqualTo(1);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    @Test
    void twentyIdenticalRequestsAtOnceCallMetaOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<Reply>> requests = new ArrayList<>(
                    Collections.nCopies(20, () -> account.convert(phone, "Purchase", "at-once")));
            int originals = 0;
            for (Future<Reply> request : threads.invokeAll(requests)) {
                Reply reply = request.get();
                assertThat(reply.status()).as(reply.body()).isIn(200, 202);
                originals += reply.header("Idempotent-Replayed") == null ? 1 : 0;
            }
            assertThat(originals).isEqualTo(1);
            assertThat(server.graph.calls(events)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void twoAccountsWithTheSameDatasetShareItsEvents() {
        TestAccount other = TestAccount.connect(server, account.datasetId);
        String otherPhone = other.clicked("clid-2");
        account.convert(phone, "Purchase", "order");

        assertThat(other.convert(otherPhone, "Purchase", "order").json().path("code").asText()).isEqualTo("event_id_conflict");
        assertThat(server.graph.calls(events)).hasSize(1);
    }
}
