package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many conversions in one request: each is judged alone. */
class BulkIntakeTest {

    private static final String PATH = "/api/v1/whatsapp/conversions/batch";

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);

    @Test
    void aBadItemCostsItsNeighboursNothing() {
        String phone = account.clicked("ARAb-" + Webhooks.unique());
        JsonNode answer = send(item(phone, "a"), item(phone, "b", "currency", "EURO"), item(Webhooks.phone(), "c"),
                7, item(phone, "d", "accountId", "none"), item(phone, "e"));

        assertThat(statuses(answer)).containsExactly("queued", "refused", "refused", "refused", "refused", "queued");
        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.path("refused").asInt()).isEqualTo(4);
        assertThat(answer.at("/results/1/error/details/fields/currency")).isNotEmpty();
        assertThat(answer.at("/results/2/error/code").asText()).isEqualTo("conversation_not_found");
        assertThat(answer.at("/results/3/error/code").asText()).isEqualTo("invalid_json_body");
        assertThat(answer.at("/results/4/error/code").asText()).isEqualTo("account_not_found");
        assertThat(answer.at("/results/4/eventId").asText()).isEqualTo("d");
        assertThat(events()).containsExactlyInAnyOrder("a", "e");
    }

    @Test
    void aRepeatedItemNamesTheFirstOneAndIsNotSentAgain() {
        String phone = account.clicked("ARAb-" + Webhooks.unique());
        String first = send(item(phone, "once")).at("/results/0/conversionId").asText();
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonNode again = send(item(phone, "once")).at("/results/0");
            assertThat(again.path("status").asText()).isEqualTo("repeated");
            assertThat(again.path("conversionId").asText()).isEqualTo(first);
            assertThat(again.path("conversionStatus").asText()).isEqualTo("delivered");
        });
        assertThat(told()).containsExactly("once");
    }

    @Test
    void ofTwoAlikeInOneBatchTheFirstIsTaken() {
        String phone = account.clicked("ARAb-" + Webhooks.unique());
        JsonNode answer = send(item(phone, "twin", "value", 1), item(phone, "twin", "value", 1), item(phone, "twin", "value", 2));
        assertThat(statuses(answer)).containsExactly("queued", "repeated", "refused");
        assertThat(answer.at("/results/1/conversionId")).isEqualTo(answer.at("/results/0/conversionId"));
        assertThat(answer.at("/results/2/error/code").asText()).isEqualTo("event_id_conflict");
        assertThat(answer.at("/results/2/error/details/differs").toString()).isEqualTo("[\"value\"]");
        assertThat(server.call("GET", "/api/v1/whatsapp/conversions/"
                + answer.at("/results/0/conversionId").asText(), null).json().at("/request/value").asInt()).isEqualTo(1);
    }

    @Test
    void aThousandAreTakenAndToldToMetaOnceEach() {
        List<String> phones = IntStream.range(0, 20).mapToObj(i -> account.clicked("ARAb-" + Webhooks.unique())).toList();
        Object[] items = IntStream.range(0, 1_000).mapToObj(i -> item(phones.get(i % 20), "many-" + i)).toArray();
        assertThat(send(items).path("accepted").asInt()).isEqualTo(1_000);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(told()).hasSize(1_000));
        assertThat(told()).doesNotHaveDuplicates();
    }

    @Test
    void aValueThatTheDatabaseRefusesCostsItsNeighboursNothing() {
        String phone = account.clicked("ARAb-" + Webhooks.unique());
        server.database().execute("alter table conversion add constraint no_poison check (event_id <> 'poison')");
        try {
            JsonNode answer = send(item(phone, "p1"), item(phone, "p2"), item(phone, "poison"), item(phone, "p3"));
            assertThat(statuses(answer)).containsExactly("queued", "queued", "refused", "queued");
            assertThat(answer.at("/results/2/error/code").asText()).isEqualTo("invalid_field_value");
            assertThat(events()).containsExactlyInAnyOrder("p1", "p2", "p3");
        } finally {
            server.database().execute("alter table conversion drop constraint no_poison");
        }
    }

    @Test
    void aBatchOfNoneOrOfTooManyIsRefusedAsAWhole() {
        assertThat(server.call("POST", PATH, Map.of("conversions", List.of())).status()).isEqualTo(400);
        assertThat(server.call("POST", PATH, Map.of("accountId", account.id)).status()).isEqualTo(400);
        assertThat(server.call("POST", PATH, "[").status()).isEqualTo(400);
        Reply tooMany = server.call("POST", PATH, Map.of("accountId", account.id, "conversions",
                IntStream.range(0, 1_001).mapToObj(i -> item("15551234567", "x" + i)).toList()));
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.json().path("param").asText()).isEqualTo("conversions");
    }

    private JsonNode send(Object... items) {
        Reply reply = server.call("POST", PATH, Map.of("accountId", account.id, "conversions", List.of(items)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static Map<String, Object> item(String phone, String eventId, Object... more) {
        Map<String, Object> item = new HashMap<>(Map.of("phoneE164", phone,
                "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", eventId));
        for (int i = 0; i < more.length; i += 2) {
            item.put((String) more[i], more[i + 1]);
        }
        return item;
    }

    private static List<String> statuses(JsonNode answer) {
        List<String> statuses = new ArrayList<>();
        answer.path("results").forEach(result -> statuses.add(result.path("status").asText()));
        return statuses;
    }

    private List<String> events() {
        return server.database().queryForList("select event_id from conversion where account_id = ?", String.class,
                account.id);
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        server.graph.calls(account.datasetId + "/events")
                .forEach(call -> call.json().path("data").forEach(event -> told.add(event.path("event_id").asText())));
        return told;
    }
}
