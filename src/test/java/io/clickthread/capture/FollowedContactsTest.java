package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A contact is found by every number it had, and nothing that hangs on it is lost when two turn out to be one. */
class FollowedContactsTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = Webhooks.phone();
    private final String userId = "US." + Webhooks.unique();
    private final long now = TestAccount.now();

    @ParameterizedTest
    @CsvSource({"5215512345678, +52 55 1234 5678, 5215512345678, +52 1 55 1234 5678",
        "551187654321, +55 (11) 98765-4321, 551187654321, 5511987654321",
        "5511987654321, +55 11 98765-4321, 551187654321, 5511987654321"})
    void aNumberIsFoundInItsOldFormAndInThatOfToday(String whatsApp, String first, String second, String third) {
        account.receive(Webhooks.click(whatsApp, "clid", now));

        for (String written : List.of(first, second, third)) {
            Reply reply = account.convert(written, "Purchase", written);
            assertThat(reply.status()).as(written + ": " + reply.body()).isEqualTo(200);
        }
    }

    @Test
    void aContactThatMovedTwiceIsFoundByAllThreeNumbers() {
        String second = Webhooks.phone();
        String third = Webhooks.phone();
        account.receive(Webhooks.click(phone, "clid", now - 10));
        account.receive(moved(phone, second));
        account.receive(moved(second, third));

        for (String number : List.of(phone, second, third)) {
            assertThat(account.convert(number, "Purchase", number).status()).as(number).isEqualTo(200);
        }
        assertThat(account.conversation(third)).isNotNull();
    }

    @Test
    void aChangedParentIsFollowed() {
        Map<String, Object> message = Webhooks.click(null, "clid", now - 10);
        message.remove("from");
        message.put("from_parent_user_id", "US.ENT.1" + userId);
        account.receive(message);
        Map<String, Object> change = Webhooks.text(null, now);
        change.remove("from");
        change.put("type", "system");
        change.put("system", Map.of("type", "user_changed_user_id", "user_id", userId, "parent_user_id",
                "US.ENT.2" + userId, "previous_parent_user_id", "US.ENT.1" + userId));
        account.receive(change);
        Map<String, Object> joins = Webhooks.text(phone, now);
        joins.put("from_parent_user_id", "US.ENT.2" + userId);
        account.receive(joins);

        assertThat(account.convert(phone, "Purchase", "1").status()).isEqualTo(200);
    }

    @Test
    void conversionsThatWaitAndMetasOwnEventsGoAlongWhenTwoContactsAreJoined() {
        account.receive(withUserId(Webhooks.click(null, "by-user-id", now - 20)));
        account.receive(Webhooks.text(phone, now - 10));
        String ofPhone = account.conversation(phone).path("id").asText();
        Reply parked = server.call("POST", "/api/v1/whatsapp/conversions", Map.of("accountId", account.id, "conversationId",
                ofPhone, "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", "1"), "Prefer", "wait-for-click");
        assertThat(parked.status()).isEqualTo(202);
        server.webhook(automatic("by-user-id"));

        account.receive(withUserId(Webhooks.text(phone, now)));

        await().untilAsserted(() -> assertThat(server.call("GET", parked.header("Location"), null).json().path("status")
                .asText()).isEqualTo("delivered"));
        JsonNode all = server.call("GET", "/api/v1/inbox/conversations?accountId=" + account.id, null).json().path("data");
        assertThat(all).hasSize(1);
        assertThat(server.call("GET", "/api/v1/automatic-events?accountId=" + account.id, null).json()
                .at("/events/0/conversationId")).isEqualTo(all.get(0).path("id"));
    }

    private Map<String, Object> withUserId(Map<String, Object> message) {
        message.values().removeIf(java.util.Objects::isNull);
        message.put("from_user_id", userId);
        return message;
    }

    private Object automatic(String clickId) {
        return Webhooks.envelope(Map.of("field", "automatic_events", "value", Map.of("metadata",
                Map.of("phone_number_id", account.phoneNumberId), "automatic_events", List.of(Map.of("id",
                "wamid." + Webhooks.unique(), "event_name", "Purchase", "timestamp", now, "ctwa_clid", clickId)))));
    }

    private static Map<String, Object> moved(String from, String to) {
        Map<String, Object> message = Webhooks.text(from, TestAccount.now());
        message.put("type", "system");
        message.put("system", Map.of("type", "user_changed_number", "wa_id", to));
        return message;
    }
}
