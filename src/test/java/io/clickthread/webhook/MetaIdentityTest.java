package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user id stays a user id in whatever field of Meta's it stands: no phone is made of it. */
class MetaIdentityTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String digits = "1650" + Webhooks.unique();
    private final String userId = "BR." + digits;

    @Test
    void aUserIdInFromAndWaIdIsTheContact() {
        Map<String, Object> message = Webhooks.click(userId, "c-" + digits, TestAccount.now());
        message.put("from_user_id", userId);
        value("messages", Map.of("messages", List.of(message), "contacts", List.of(Map.of("profile",
                Map.of("name", "Kim Doe", "username", "@kdoe"), "wa_id", userId, "user_id", userId))));

        assertThat(account.conversation(userId).path("participantName").asText()).isEqualTo("Kim Doe");
        assertThat(account.clicks(userId)).hasSize(1);
        noPhone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"US.1650a555", "US.a", "US.ENT.1650"})
    void lettersAreNeverThrownAway(String shape) {
        String id = shape + digits;
        value("messages", Map.of("messages", List.of(Webhooks.click(id, "c-" + digits, TestAccount.now()))));

        assertThat(account.clicks(id)).hasSize(1);
        assertThat(account.convert("+1 650 555" + digits, "Purchase", "e-" + digits, "value", 1, "currency", "USD").status())
                .as("a sale of somebody who never wrote").isIn(400, 404);
        noPhone();
    }

    @Test
    void aSenderOfNoKnownShapeIsKeptAndNobodysClick() {
        int kept = quarantined();
        value("messages", Map.of("messages", List.of(Webhooks.click("Kim " + digits + " Doe", "c-" + digits, TestAccount.now()))));

        assertThat(quarantined()).isEqualTo(kept + 1);
        noPhone();
    }

    @Test
    void aStatusForAUserIdIsAHintOfThatContact() {
        value("messages", Map.of("statuses", List.of(Map.of("id", "wamid.1", "status", "sent", "recipient_id", userId, "timestamp",
                Long.toString(TestAccount.now()), "pricing", Map.of("category", "referral_conversion")))));

        assertThat(account.conversation(userId).has("referralHint")).isTrue();
        noPhone();
    }

    @Test
    void aThreadOfTheHistoryThatAUserIdNamesIsThatContacts() {
        value("history", Map.of("history", List.of(Map.of("threads", List.of(Map.of("id", userId, "messages",
                List.of(Webhooks.click(userId, "c-" + digits, TestAccount.now()),
                        Webhooks.click("15550783881", "own-" + digits, TestAccount.now()))))))));

        assertThat(account.clicks(userId)).as("the business's own words are no click").hasSize(1);
        noPhone();
    }

    @Test
    void aThreadWithoutAnIdIsThatOfItsContext() {
        Map<String, Object> message = Webhooks.click(null, "c-" + digits, TestAccount.now());
        message.remove("from");
        message.put("from_user_id", userId);
        Map<String, Object> own = Webhooks.click("15550783881", "own-" + digits, TestAccount.now());
        value("history", Map.of("history", List.of(Map.of("threads", List.of(Map.of("context", Map.of("user_id", userId), "messages",
                List.of(message, own)))))));

        assertThat(account.clicks(userId)).hasSize(1);
        noPhone();
    }

    @Test
    void aPictureThatFollowsTheHistoryMayBringItsAd() {
        Map<String, Object> own = Webhooks.click("15550783881", "own-" + digits, TestAccount.now());
        Map<String, Object> message = Webhooks.click(userId, "c-" + digits, TestAccount.now());
        value("history", Map.of("messages", List.of(message, own, Webhooks.text("BR.9" + digits, TestAccount.now())), "contacts",
                List.of(Map.of("profile", Map.of("name", "Ana"), "user_id", userId))));

        assertThat(account.clicks(userId)).hasSize(1);
        assertThat(account.conversation(userId).path("participantName").asText()).isEqualTo("Ana");
        assertThat(account.conversation("BR.9" + digits)).as("somebody of the past without an ad").isNull();
        noPhone();
    }

    @Test
    void aSystemMessageMayNameUserIdsWhereNumbersWere() {
        String after = "BR." + Webhooks.unique();
        value("messages", Map.of("messages", List.of(Webhooks.click(userId, "c-" + digits, TestAccount.now()))));
        Map<String, Object> change = new LinkedHashMap<>(Map.of("from", userId, "id", "wamid." + Webhooks.unique(), "timestamp",
                Long.toString(TestAccount.now()), "type", "system"));
        change.put("system", Map.of("type", "user_changed_user_id", "wa_id", after, "user_id", after, "previous_user_id", userId));
        value("messages", Map.of("messages", List.of(change)));

        assertThat(account.clicks(after)).hasSize(1);
        noPhone();
    }

    /** No alias of this account is a phone that holds the id's digits. */
    private void noPhone() {
        assertThat(server.database().queryForList("select value from contact_alias where account_id = ? and kind = 'phone'",
                String.class, account.id)).isEmpty();
    }

    private void value(String field, Map<String, Object> more) {
        Map<String, Object> value = new LinkedHashMap<>(more);
        value.put("metadata", Map.of("phone_number_id", account.phoneNumberId, "display_phone_number", "15550783881"));
        assertThat(server.webhook(Webhooks.envelope(Map.of("field", field, "value", value))).status()).isEqualTo(200);
    }

    private int quarantined() {
        return server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class);
    }
}
