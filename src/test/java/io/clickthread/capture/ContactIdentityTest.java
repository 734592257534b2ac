package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One contact is one conversation, whatever it is known by. */
class ContactIdentityTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = Webhooks.phone();
    private final String userId = "US." + Webhooks.unique();
    private final long now = TestAccount.now();

    @Test
    void aContactWithoutAPhoneIsKnownByItsUserId() {
        receive(click(null, userId, "click", now));

        assertThat(account.conversation(userId).at("/metadata/ctwa_clid").asText()).isEqualTo("click");
        assertThat(account.conversation(userId).path("participantId").asText()).isEqualTo(userId);
    }

    @Test
    void thePhoneIsReadWithOrWithoutItsPlus() {
        receive(click("+" + phone, null, "a", now - 2));
        receive(click(phone, null, "b", now - 1));

        assertThat(account.clicks(phone)).hasSize(2);
    }

    @Test
    void aMessageWithBothIdentitiesMakesOneContactFindableByEach() {
        receive(click(phone, userId, "both", now));
        receive(click(null, userId, "by-user-id", now + 1));
        receive(click(phone, null, "by-phone", now + 2));

        assertThat(account.clicks(phone).findValuesAsText("ctwa_clid")).containsExactly("both", "by-user-id", "by-phone");
    }

    @Test
    void theUserIdIsAlsoFoundAmongTheContactsOfTheWebhook() {
        Map<String, Object> webhook = Map.of("metadata", Map.of("phone_number_id", account.phoneNumberId),
                "contacts", List.of(Map.of("wa_id", phone, "user_id", userId, "profile", Map.of("name", "Name"))),
                "messages", List.of(Webhooks.click(phone, "a", now)));
        server.webhook(Webhooks.envelope(Map.of("field", "messages", "value", webhook)));
        receive(click(null, userId, "b", now + 1));

        assertThat(account.clicks(phone)).hasSize(2);
    }

    @Test
    void theParentUserIdJoinsAsWell() {
        Map<String, Object> first = click(null, userId, "a", now);
        first.put("from_parent_user_id", "US.ENT." + userId);
        Map<String, Object> second = click(null, "US.x" + userId.substring(3), "b", now + 1);
        second.put("from_parent_user_id", "US.ENT." + userId);
        receive(first);
        receive(second);

        assertThat(account.clicks(userId)).hasSize(2);
    }

    @Test
    void twoKnownContactsThatTurnOutToBeOneKeepAllClicksAndBothIds() {
        receive(click(phone, null, "by-phone", now - 30));
        receive(click(null, userId, "by-user-id", now - 40));
        String ofPhone = account.conversation(phone).path("id").asText();
        String ofUserId = account.conversation(userId).path("id").asText();
        assertThat(ofPhone).isNotEqualTo(ofUserId);
        assertThat(convert(ofUserId, "before").status()).isEqualTo(200);

        receive(click(phone, userId, "both", now));

        for (String id : List.of(ofPhone, ofUserId)) {
            JsonNode data = show(id).path("data");
            assertThat(data.path("clicks").findValuesAsText("ctwa_clid"))
                    .containsExactly("by-user-id", "by-phone", "both");
            assertThat(data.at("/metadata/ctwa_clid").asText()).isEqualTo("by-user-id");
            assertThat(convert(id, "after-" + id).status()).isEqualTo(200);
        }
        assertThat(server.call("GET", "/api/v1/inbox/conversations?accountId=" + account.id, null).json().path("data"))
                .hasSize(1);
        String survivor = show(ofPhone).at("/data/id").asText();
        JsonNode events = server.call("GET", "/api/v1/whatsapp/conversions?accountId=" + account.id, null).json()
                .path("events");
        assertThat(events.findValuesAsText("conversationId")).hasSize(3).containsOnly(survivor);
    }

    @Test
    void aClickThatBothContactsHadIsOneAfterTheyAreJoined() {
        receive(click(phone, null, "shared", now - 10));
        receive(click(null, userId, "shared", now - 20));
        receive(click(phone, null, "other", now - 15));
        receive(text(phone, userId));

        assertThat(account.clicks(phone).findValuesAsText("ctwa_clid")).containsExactly("shared", "other");
    }

    @Test
    void threeContactsJoinedOneAfterTheOtherAnswerUnderEveryId() {
        String second = Webhooks.phone();
        receive(click(phone, null, "a", now - 3));
        receive(click(second, null, "b", now - 2));
        receive(click(null, userId, "c", now - 1));
        List<String> ids = List.of(account.conversation(phone).path("id").asText(),
                account.conversation(second).path("id").asText(), account.conversation(userId).path("id").asText());
        receive(text(second, userId));
        receive(text(phone, userId));

        for (String id : ids) {
            assertThat(show(id).at("/data/clicks").findValuesAsText("ctwa_clid")).containsExactly("a", "b", "c");
        }
    }

    @Test
    void aChangedNumberIsFollowed() {
        receive(click(phone, null, "before", now - 10));
        String id = account.conversation(phone).path("id").asText();
        String newPhone = Webhooks.phone();
        receive(system(phone, Map.of("body", "User changed", "wa_id", newPhone, "type", "user_changed_number")));
        receive(click(newPhone, null, "after", now));

        assertThat(account.conversation(newPhone).path("id").asText()).isEqualTo(id);
        assertThat(account.clicks(newPhone).findValuesAsText("ctwa_clid")).containsExactly("before", "after");
        assertThat(account.conversation(phone)).as("a conversation under the old number").isNull();
        assertThat(account.convert(newPhone, "Purchase", "new").status()).isEqualTo(200);
        assertThat(account.convert(phone, "Purchase", "old").status()).isEqualTo(200);
    }

    @Test
    void aChangedUserIdIsFollowed() {
        String newId = "US.9" + Webhooks.unique();
        receive(click(null, userId, "before", now - 10));
        receive(system(null, Map.of("body", "b", "user_id", newId, "previous_user_id", userId,
                "type", "user_changed_user_id")));
        receive(click(null, newId, "after", now));

        assertThat(account.clicks(userId).findValuesAsText("ctwa_clid")).containsExactly("before", "after");
    }

    @Test
    void theSamePersonHasAConversationWithEachAccount() {
        TestAccount other = TestAccount.connect(server);
        receive(click(phone, null, "a", now));
        other.receive(click(phone, null, "b", now));

        assertThat(account.clicks(phone).findValuesAsText("ctwa_clid")).containsExactly("a");
        assertThat(other.clicks(phone).findValuesAsText("ctwa_clid")).containsExactly("b");
        assertThat(server.call("GET", "/api/v1/inbox/conversations/" + account.conversation(phone).path("id").asText()
                + "?accountId=" + other.id, null).status()).isEqualTo(404);
    }

    private Map<String, Object> click(String from, String user, String clickId, long seconds) {
        Map<String, Object> message = text(from, user);
        message.put("timestamp", Long.toString(seconds));
        message.put("referral", Webhooks.referral(clickId));
        return message;
    }

    private Map<String, Object> text(String from, String user) {
        Map<String, Object> message = Webhooks.text(from, now);
        message.values().removeIf(java.util.Objects::isNull);
        if (user != null) {
            message.put("from_user_id", user);
        }
        return message;
    }

    private Map<String, Object> system(String from, Map<String, Object> change) {
        Map<String, Object> message = new LinkedHashMap<>(text(from, null));
        message.remove("text");
        message.put("type", "system");
        message.put("system", change);
        return message;
    }

    private void receive(Map<String, Object> message) {
        assertThat(account.receive(message).status()).isEqualTo(200);
    }

    private JsonNode show(String id) {
        return server.call("GET", "/api/v1/inbox/conversations/" + id + "?accountId=" + account.id, null).json();
    }

    private Server.Reply convert(String conversationId, String eventId) {
        return server.call("POST", "/api/v1/whatsapp/conversions", Map.of("accountId", account.id,
                "conversationId", conversationId, "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", eventId));
    }
}
