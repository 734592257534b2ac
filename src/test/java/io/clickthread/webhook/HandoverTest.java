package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A conversation shows who controls it, as the field messaging_handovers tells. */
class HandoverTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = account.clicked("handed-" + Webhooks.unique());
    private final long now = TestAccount.now();

    @Test
    void aPassedControlIsShownWithMetasRole() {
        assertThat(control()).as("before").isNull();
        hand(phone, "control_passed", now, "previous_owner_role", "ai_agent", "new_owner_role", "escalation");

        assertThat(control().path("owner").asText()).isEqualTo("escalation");
        assertThat(control().path("isThisApp").asBoolean()).isTrue();
        assertThat(Instant.parse(control().path("at").asText())).isEqualTo(Instant.ofEpochSecond(now));
        assertThat(account.conversation(phone).path("control")).as("in the list").isEqualTo(control());
    }

    @Test
    void aTakenControlIsAnothers() {
        hand(phone, "control_taken", now, "previous_owner_role", "customer_service", "new_owner_role", "escalation");

        assertThat(control().path("owner").asText()).isEqualTo("escalation");
        assertThat(control().path("isThisApp").asBoolean(true)).isFalse();
    }

    @Test
    void whereMetaNamesNoNewRoleTheKindOfTheHandoverTellsWhoseItIs() {
        hand(phone, "control_passed", now, "previous_owner_app_role", "meta_business_agent");
        assertThat(control().path("owner").asText()).isEqualTo("this_app");

        hand(phone, "control_taken", now + 1, "previous_owner_app_role", "meta_business_agent");
        assertThat(control().path("owner").asText()).isEqualTo("another_app");
    }

    @Test
    void theNewestCountsInWhateverOrderTheyCome() {
        hand(phone, "control_passed", now, "new_owner_role", "escalation");
        hand(phone, "control_taken", now - 60, "new_owner_role", "marketing");
        assertThat(control().path("owner").asText()).isEqualTo("escalation");

        hand(phone, "control_taken", now + 60, "new_owner_role", "utility");
        assertThat(control().path("owner").asText()).isEqualTo("utility");
    }

    @Test
    void somebodyWhoIsNotKnownGetsNoConversationByIt() {
        String stranger = Webhooks.phone();
        hand(stranger, "control_passed", now, "new_owner_role", "escalation");

        assertThat(account.conversation(stranger)).isNull();
    }

    @Test
    void theFirstMessageAndItsHandoverMayComeInOneWebhook() {
        String fresh = Webhooks.phone();
        Map<String, Object> message = Map.of("field", "messages", "value", Map.of("metadata",
                Map.of("phone_number_id", account.phoneNumberId), "messages", List.of(Webhooks.text(fresh, now))));
        send(change(Map.of("phone_number", fresh), "control_passed", now, "new_owner_role", "escalation"), message);

        assertThat(account.conversation(fresh).at("/control/owner").asText()).isEqualTo("escalation");
    }

    @Test
    void aContactKnownByAUserIdIsFoundByIt() {
        String userId = "US." + Webhooks.unique();
        Map<String, Object> message = Webhooks.text(phone, now);
        message.put("from_user_id", userId);
        account.receive(message);
        send(change(Map.of("user_id", userId), "control_passed", now, "new_owner_role", "escalation"));

        assertThat(control().path("owner").asText()).isEqualTo("escalation");
    }

    @Test
    void twoContactsThatAreJoinedKeepTheNewestHandover() {
        String other = account.clicked("other-" + Webhooks.unique());
        String userId = "US." + Webhooks.unique();
        hand(phone, "control_passed", now, "new_owner_role", "marketing");
        hand(other, "control_passed", now + 9, "new_owner_role", "utility");
        for (String number : List.of(phone, other)) {
            Map<String, Object> message = Webhooks.text(number, now);
            message.put("from_user_id", userId);
            account.receive(message);
        }

        assertThat(control().path("owner").asText()).isEqualTo("utility");
    }

    @Test
    void aHandoverWhoseCustomerMetaDoesNotShowChangesNothingAndIsNoFault() {
        int kept = quarantined();
        send(change(Map.of(), "control_passed", now, "new_owner_role", "escalation"));

        assertThat(control()).isNull();
        assertThat(quarantined()).isEqualTo(kept);
    }

    @Test
    void theKindIsKnownByItsPartWhereItIsNotNamed() {
        Map<String, Object> value = new LinkedHashMap<>(Map.of("sender", Map.of("phone_number", phone), "recipient",
                Map.of("phone_number_id", account.phoneNumberId), "timestamp", Long.toString(now)));
        value.put("control_taken", Map.of("metadata", "x"));
        send(Map.of("field", "messaging_handovers", "value", value));

        assertThat(control().path("owner").asText()).isEqualTo("another_app");
    }

    @Test
    void aHandoverOfAKindThatIsNotKnownChangesNothing() {
        hand(phone, "control_shared", now, "previous_owner_role", "ai_agent");

        assertThat(control()).isNull();
    }

    private JsonNode control() {
        String id = account.conversation(phone).path("id").asText();
        return server.call("GET", "/api/v1/inbox/conversations/" + id + "?accountId=" + account.id, null).json()
                .path("data").get("control");
    }

    private void hand(String customer, String type, long at, String... roles) {
        send(change(Map.of("phone_number", customer), type, at, roles));
    }

    private Map<String, Object> change(Map<String, Object> sender, String type, long at, String... roles) {
        Map<String, Object> handover = new LinkedHashMap<>(Map.of("metadata", "words of a person"));
        for (int i = 0; i < roles.length; i += 2) {
            handover.put(roles[i], roles[i + 1]);
        }
        return Map.of("field", "messaging_handovers", "value", Map.of("messaging_product", "whatsapp", "sender", sender,
                "recipient", Map.of("display_phone_number", "15550783881", "phone_number_id", account.phoneNumberId),
                "type", type, "timestamp", Long.toString(at), type, handover));
    }

    private void send(Object... changes) {
        assertThat(server.webhook(Webhooks.envelope(changes)).status()).isEqualTo(200);
    }

    private int quarantined() {
        return server.database().queryForObject("select count(*) from quarantined_webhook where sample_of is null", Integer.class);
    }
}
