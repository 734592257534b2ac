package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A conversion that comes before the click of its contact. */
class LateClickTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String events = account.datasetId + "/events";
    private final String phone = Webhooks.phone();

    @Test
    void withoutThePreferenceItIsRefusedAndTheRefusalNamesIt() {
        account.receive(Webhooks.text(phone, TestAccount.now()));

        Reply reply = account.convert(phone, "Purchase", "1");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("error").asText()).contains("Prefer: wait-for-click");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait-for-click", "respond-async, wait-for-click=3600", "Wait-For-Click=\"60\"; x=y"})
    void itIsSentOnceTheClickOfAContactNobodyKnewArrives(String prefer) {
        Reply parked = convert(prefer, "1");
        assertThat(parked.status()).isEqualTo(202);
        assertThat(parked.json().path("status").asText()).isEqualTo("queued");
        assertThat(parked.json().path("reason").asText()).contains("waits for the click");
        assertThat(show(parked).path("state").asText()).isEqualTo("parked");
        assertThat(show(parked).path("payload").isNull()).isTrue();

        account.receive(Webhooks.click(phone, "late-click", TestAccount.now()));

        await().untilAsserted(() -> assertThat(show(parked).path("status").asText()).isEqualTo("delivered"));
        assertThat(server.graph.calls(events)).hasSize(1);
        assertThat(server.graph.calls(events).get(0).event().at("/user_data/ctwa_clid").asText()).isEqualTo("late-click");
        assertThat(show(parked).path("history").findValuesAsText("event"))
                .containsExactly("accepted", "click-arrived", "attempt");
        assertThat(show(parked).path("conversationId").asText())
                .isEqualTo(account.conversation(phone).path("id").asText());
    }

    @Test
    void aKnownContactWithoutAClickMayBeWaitedForByItsConversationAsWell() {
        account.receive(Webhooks.text(phone, TestAccount.now()));
        Map<String, Object> body = new LinkedHashMap<>(Map.of("accountId", account.id, "conversationId",
                account.conversation(phone).path("id").asText(), "eventName", "Purchase", "value", 1, "currency", "USD",
                        "eventId", "1"));
        Reply parked = server.call("POST", "/api/v1/whatsapp/conversions", body, "Prefer", "wait-for-click");
        assertThat(parked.status()).isEqualTo(202);

        account.receive(Webhooks.click(phone, "late-click", TestAccount.now()));

        await().untilAsserted(() -> assertThat(show(parked).path("status").asText()).isEqualTo("delivered"));
    }

    @Test
    void aConversationThatDoesNotExistIsNotWaitedFor() {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("accountId", account.id, "conversationId",
                "6b031090b87cc915051bc561", "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", "1"));

        assertThat(server.call("POST", "/api/v1/whatsapp/conversions", body, "Prefer", "wait-for-click").status())
                .isEqualTo(404);
    }

    @Test
    void aRepetitionOfAParkedConversionIsAnsweredFromIt() {
        Reply parked = convert("wait-for-click", "1");

        Reply again = convert("wait-for-click", "1");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.json().path("conversionId")).isEqualTo(parked.json().path("conversionId"));
    }

    @Test
    void itIsDeadWhenTheClickDoesNotArriveInTime() {
        Reply parked = convert("wait-for-click=0", "1");

        await().untilAsserted(() -> assertThat(show(parked).path("status").asText()).isEqualTo("expired"));

        assertThat(show(parked).path("reason").asText()).contains("No click");
    }

    @Test
    void itIsSentAtOnceIfTheClickIsThereAlready() {
        account.receive(Webhooks.click(phone, "early-click", TestAccount.now()));

        assertThat(convert("wait-for-click", "1").status()).isEqualTo(200);
    }

    @Test
    void whatWaitsForAClickHoldsUpNothingElseOfTheSameContact() {
        convert("wait-for-click=3600", "1");
        String other = account.clicked("clid");

        assertThat(account.convert(other, "Purchase", "2").status()).isEqualTo(200);
    }

    private Reply convert(String prefer, String eventId) {
        return server.call("POST", "/api/v1/whatsapp/conversions", Map.of("accountId", account.id, "phoneE164", phone,
                "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", eventId), "Prefer", prefer);
    }

    private JsonNode show(Reply reply) {
        return server.call("GET", reply.header("Location"), null).json();
    }
}
