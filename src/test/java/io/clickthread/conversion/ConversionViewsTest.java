package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of conversions, and one with its history. */
class ConversionViewsTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = account.clicked("clid");

    @Test
    void aRowHasExactlyTheSevenKeysOfZernio() {
        account.convert(phone, "Purchase", "1", "value", 1);

        JsonNode answer = list("").json();
        assertThat(answer.fieldNames()).toIterable().containsExactly("events");
        assertThat(answer.at("/events/0").fieldNames()).toIterable().containsExactlyInAnyOrder("timestamp", "eventName",
                "conversationId", "eventsReceived", "eventsFailed", "traceId", "durationMs");
        assertThat(answer.at("/events/0/eventsReceived").asInt()).isEqualTo(1);
        assertThat(answer.at("/events/0/eventsFailed").asInt()).isZero();
        assertThat(answer.at("/events/0/timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    @Test
    void theFullViewAddsOurKeys() {
        account.convert(phone, "Purchase", "1", "value", new java.math.BigDecimal("49.00"), "currency", "USD");

        JsonNode row = list("&view=full").json().at("/events/0");
        assertThat(row.fieldNames()).toIterable().contains("id", "eventId", "status", "value", "currency", "attempts",
                "traceId", "durationMs");
        assertThat(row.path("value").toString()).isEqualTo("49.00");
        assertThat(row.path("status").asText()).isEqualTo("delivered");
    }

    @Test
    void theListIsNewestFirstAndItsPagesShowEachOnceWhileOthersArrive() {
        for (int i = 0; i < 7; i++) {
            account.convert(phone, "Purchase", "e" + i);
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = list("&view=full&limit=3" + cursor).json();
            seen.addAll(page.path("events").findValuesAsText("eventId"));
            account.convert(phone, "Purchase", "late" + seen.size());
            String next = page.at("/pagination/nextCursor").textValue();
            assertThat(page.at("/pagination/hasMore").asBoolean()).isEqualTo(next != null);
            cursor = next == null ? null : "&cursor=" + next;
        } while (cursor != null);

        assertThat(seen).containsExactly("e6", "e5", "e4", "e3", "e2", "e1", "e0");
    }

    @Test
    void theFiltersLeaveOutTheOthers() {
        server.graph.next(account.datasetId + "/events", Reaction.of(400, "{\"error\":{\"code\":100,\"error_subcode\":2804087}}"));
        account.convert(phone, "Purchase", "refused");
        account.convert(phone, "LeadSubmitted", "lead");
        account.convert(phone, "Purchase", "sold");

        assertThat(ids("&status=rejected")).containsExactly("refused");
        assertThat(ids("&status=delivered")).containsExactly("sold", "lead");
        assertThat(ids("&status=queued")).isEmpty();
        assertThat(ids("&eventName=LeadSubmitted")).containsExactly("lead");
        assertThat(ids("&eventName=Purchase&status=delivered")).containsExactly("sold");
        assertThat(ids("&since=" + (TestAccount.now() + 60))).isEmpty();
        assertThat(ids("&since=2026-01-01T00:00:00Z")).hasSize(3);
        assertThat(ids("&unknown=parameter")).hasSize(3);
    }

    @Test
    void conversionsOfLongAgoAreStillListed() {
        account.convert(phone, "Purchase", "old");
        server.database().update("update conversion set created_at = now() - interval '390 days' where account_id = ?",
                account.id);

        assertThat(ids("")).containsExactly("old");
    }

    @Test
    void anotherAccountSeesNothingOfIt() {
        account.convert(phone, "Purchase", "1");

        assertThat(server.call("GET", "/api/v1/whatsapp/conversions?accountId=" + TestAccount.connect(server).id, null)
                .json().path("events")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"&limit=0", "&limit=201", "&limit=x", "&limit=-1", "&limit=99999999999", "&status=lost",
        "&view=some", "&since=yesterday", "&since=%2B999999999-12-31T23:59:59Z", "&since=-0001-01-01T00:00:00Z",
        "&since=99999999999999999999", "&cursor=x", "&cursor=%00", "&cursor=LTE6MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"})
    void aParameterOutOfItsRangeIsRefused(String query) {
        Reply reply = list(query);
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().path("type").asText()).isEqualTo("invalid_request_error");
    }

    @Test
    void anAccountIsNeededAndMustExist() {
        assertThat(server.call("GET", "/api/v1/whatsapp/conversions", null).status()).isEqualTo(400);
        assertThat(server.call("GET", "/api/v1/whatsapp/conversions?account_id=" + account.id, null).json()
                .path("error").asText()).contains("accountId", "required");
        assertThat(server.call("GET", "/api/v1/whatsapp/conversions?accountId=x", null).status()).isEqualTo(404);
    }

    @Test
    void oneConversionIsShownWithEverythingThatIsKnownOfIt() {
        server.graph.next(account.datasetId + "/events", Reaction.of(503, "{}"));
        Reply reply = account.convert(phone, "Purchase", "1", "email", "someone@example.org", "externalId", "cust-7",
                "value", new java.math.BigDecimal("0.10"), "currency", "EUR");
        String id = reply.json().path("conversionId").asText();
        await().untilAsserted(() -> assertThat(show(id).path("status").asText()).isEqualTo("delivered"));

        JsonNode shown = show(id);
        assertThat(shown.path("attempts")).hasSize(2);
        assertThat(shown.at("/attempts/0/httpStatus").asInt()).isEqualTo(503);
        assertThat(shown.at("/attempts/1/traceId").asText()).isEqualTo("Atrace");
        assertThat(shown.path("reason").asText()).isNotEmpty();
        assertThat(shown.at("/click/ctwa_clid").asText()).isEqualTo("clid");
        assertThat(shown.at("/click/source_id").asText()).isEqualTo("120226305854810726");
        assertThat(shown.at("/request/value").toString()).isEqualTo("0.10");
        assertThat(shown.path("payload")).isEqualTo(server.graph.calls(account.datasetId + "/events").get(1).json());
        assertThat(shown.toString()).doesNotContain("someone@example.org", "cust-7", phone, "EAAtest");
        assertThat(shown.path("createdAt").asText()).isNotEmpty();
    }

    @Test
    void aConversionThatNobodyMadeIsNotFound() {
        for (String id : List.of("0123456789abcdef01234567", "x", "a%20b", "%C3%A9")) {
            assertThat(server.call("GET", "/api/v1/whatsapp/conversions/" + id, null).status()).as(id).isEqualTo(404);
        }
    }

    private JsonNode show(String id) {
        return server.call("GET", "/api/v1/whatsapp/conversions/" + id, null).json();
    }

    private Reply list(String query) {
        return server.call("GET", "/api/v1/whatsapp/conversions?accountId=" + account.id + query, null);
    }

    private List<String> ids(String query) {
        return list("&view=full" + query).json().path("events").findValuesAsText("eventId");
    }
}
