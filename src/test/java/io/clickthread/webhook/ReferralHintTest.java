package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statuses of answers tell that an ad opened a conversation, also where the referral never came. */
class ReferralHintTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = Webhooks.phone();

    @Test
    void aStatusInAConversationFromAnAdIsAHint() {
        statuses(status(phone, "conversation", Map.of("id", "c", "origin", Map.of("type", "referral_conversion"))));

        assertThat(hint().path("type").asText()).isEqualTo("referral_conversion");
        assertThat(hint().path("at").asText()).isNotEmpty();
        assertThat(account.conversation(phone).has("metadata")).as("metadata, which says that a click was captured").isFalse();
        String id = account.conversation(phone).path("id").asText();
        assertThat(server.call("GET", "/api/v1/inbox/conversations/" + id + "?accountId=" + account.id, null).json()
                .at("/data/referralHint")).isEqualTo(hint());
    }

    @Test
    void thePricesCategoryIsOneToo() {
        statuses(status(phone, "pricing", Map.of("category", "referral_conversion", "type", "free_entry_point")));

        assertThat(hint().isObject()).isTrue();
    }

    @Test
    void anOrdinaryStatusIsNoneAndCreatesNothing() {
        statuses(status(phone, "conversation", Map.of("id", "c", "origin", Map.of("type", "service"))));
        statuses(status(phone, "pricing", Map.of("category", "service", "type", "free_entry_point")));

        assertThat(account.conversation(phone)).isNull();
    }

    @Test
    void aContactKnownByItsUserIdIsHintedAt() {
        String userId = "US." + Webhooks.unique();
        Map<String, Object> status = fromAd();
        status.remove("recipient_id");
        status.put("recipient_user_id", userId);
        statuses(status);

        assertThat(account.conversation(userId).path("referralHint").isObject()).isTrue();
    }

    @Test
    void theHintStaysAsItWasWhenItComesAgainAndTheClickThatComesLaterIsCaptured() {
        statuses(fromAd());
        JsonNode first = hint();
        account.receive(Webhooks.click(phone, "late", TestAccount.now()));
        statuses(fromAd());

        assertThat(hint()).isEqualTo(first);
        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo("late");
    }

    @Test
    void aStatusThatIsRepeatedWritesNothing() {
        statuses(fromAd());
        String before = account.conversation(phone).path("updatedTime").asText();
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(fromAd());
        }
        statuses(many.toArray());

        assertThat(account.conversation(phone).path("updatedTime").asText()).isEqualTo(before);
    }

    @Test
    void twoContactsThatAreJoinedKeepTheEarliestHint() {
        String other = Webhooks.phone();
        String userId = "US." + Webhooks.unique();
        statuses(fromAd());
        JsonNode first = hint();
        Map<String, Object> later = fromAd();
        later.put("recipient_id", other);
        statuses(later);
        Map<String, Object> a = Webhooks.text(other, TestAccount.now());
        a.put("from_user_id", userId);
        Map<String, Object> b = Webhooks.text(phone, TestAccount.now());
        b.put("from_user_id", userId);
        account.receive(a);
        account.receive(b);

        assertThat(hint()).isEqualTo(first);
        assertThat(account.conversation(other)).isNull();
    }

    private Map<String, Object> fromAd() {
        return status(phone, "conversation", Map.of("id", "c", "origin", Map.of("type", "referral_conversion")));
    }

    private static Map<String, Object> status(String recipient, String part, Object value) {
        return new LinkedHashMap<>(Map.of("id", "wamid." + Webhooks.unique(), "status", "delivered", "timestamp",
                Long.toString(TestAccount.now()), "recipient_id", recipient, part, value));
    }

    private void statuses(Object... statuses) {
        Reply reply = server.webhook(Webhooks.envelope(Map.of("field", "messages", "value",
                Map.of("metadata", Map.of("phone_number_id", account.phoneNumberId), "statuses", List.of(statuses)))));
        assertThat(reply.status()).isEqualTo(200);
    }

    private JsonNode hint() {
        return account.conversation(phone).path("referralHint");
    }
}
