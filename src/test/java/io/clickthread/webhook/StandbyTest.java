package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With Conversation Routing a number's messages arrive on the field standby while another responder is in charge. */
class StandbyTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = Webhooks.phone();
    private final String clickId = "standby-" + phone;

    @Test
    void aClickOnStandbyIsCaptured() {
        receive(nested(message()));

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo(clickId);
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo("Kim Doe");
        assertThat(account.convert(phone, "Purchase", "e-" + phone, "value", 1, "currency", "USD").json()
                .path("eventsReceived").asInt()).isEqualTo(1);
    }

    @Test
    void aMessageWithoutAnAdMakesItsContactKnownAsOneOnMessagesDoes() {
        receive(nested(Webhooks.text(phone, TestAccount.now())));

        assertThat(account.conversation(phone).has("metadata")).isFalse();
    }

    @Test
    void theLevelThatMetaPutsAroundItMayBeMissing() {
        Map<String, Object> value = about();
        value.put("messages", List.of(message()));
        receive(Map.of("field", "standby", "value", value));

        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void theNumberMayStandInsideThatLevel() {
        Map<String, Object> inner = about();
        inner.put("messages", List.of(message()));
        receive(Map.of("field", "standby", "value", Map.of("messaging_product", "whatsapp", "standby", inner)));

        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aStatusOnStandbyIsAHint() {
        Map<String, Object> value = about();
        value.put("standby", Map.of("statuses", List.of(Map.of("id", "wamid." + phone, "status", "delivered", "recipient_id",
                phone, "timestamp", now(), "conversation", Map.of("id", "c", "origin", Map.of("type", "referral_conversion"))))));
        receive(Map.of("field", "standby", "value", value));

        assertThat(account.conversation(phone).at("/referralHint/type").asText()).isEqualTo("referral_conversion");
    }

    @Test
    void whatTheBusinessAnswersIsNoClickAndNoContact() {
        Map<String, Object> value = about();
        value.put("standby", Map.of("message_echoes", List.of(Map.of("id", "wamid." + phone, "timestamp", now(), "message",
                Map.of("to", phone, "type", "text", "text", Map.of("body", "We answer"), "referral", Webhooks.referral("no"))))));
        int quarantined = quarantined();
        receive(Map.of("field", "standby", "value", value));

        assertThat(account.conversation(phone)).isNull();
        assertThat(quarantined()).as("webhooks kept").isEqualTo(quarantined);
    }

    @Test
    void anEmptyStandbyIsNothing() {
        Map<String, Object> value = about();
        value.put("standby", Map.of());
        int quarantined = quarantined();
        receive(Map.of("field", "standby", "value", value));

        assertThat(quarantined()).isEqualTo(quarantined);
    }

    @Test
    void aMessageOnStandbyThatCannotBeReadIsKept() {
        Map<String, Object> broken = message();
        broken.remove("id");
        int quarantined = quarantined();
        receive(nested(broken), nested(message()));

        assertThat(account.clicks(phone)).as("the neighbour").hasSize(1);
        assertThat(quarantined()).isEqualTo(quarantined + 1);
    }

    @Test
    void theSameMessageOnBothFieldsIsOne() {
        Map<String, Object> message = message();
        receive(messages(message), nested(message));
        receive(nested(message));
        receive(messages(message));

        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void theCopyWithTheAdCompletesTheOneWithout() {
        Map<String, Object> bare = message();
        Object referral = bare.remove("referral");
        receive(messages(bare));
        bare.put("referral", referral);
        receive(nested(bare));

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo(clickId);
    }

    @Test
    void thoseWhoPassMetasWebhooksOnPassStandbyOn() {
        TestChannel channel = TestChannel.open(account, "360dialog", "k" + phone, null);
        Map<String, Object> value = about();
        value.put("metadata", Map.of("phone_number_id", channel.key));
        value.put("standby", Map.of("messages", List.of(message())));

        assertThat(channel.send(Webhooks.envelope(Map.of("field", "standby", "value", value))).status()).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aChangeThatNamesNoFieldAndHoldsMessagesIsRead() {
        Map<String, Object> value = about();
        value.put("messages", List.of(message()));
        receive(Map.of("value", value));

        assertThat(account.clicks(phone)).hasSize(1);
    }

    private Map<String, Object> message() {
        return Webhooks.click(phone, clickId, TestAccount.now());
    }

    private Map<String, Object> about() {
        return new LinkedHashMap<>(Map.of("messaging_product", "whatsapp", "metadata",
                Map.of("display_phone_number", "15550783881", "phone_number_id", account.phoneNumberId)));
    }

    private Map<String, Object> nested(Map<String, Object> message) {
        Map<String, Object> value = about();
        value.put("standby", Map.of("contacts", List.of(Map.of("profile", Map.of("name", "Kim Doe"), "wa_id", phone)),
                "messages", List.of(message)));
        return Map.of("field", "standby", "value", value);
    }

    private Map<String, Object> messages(Map<String, Object> message) {
        Map<String, Object> value = about();
        value.put("messages", List.of(message));
        return Map.of("field", "messages", "value", value);
    }

    private void receive(Object... changes) {
        assertThat(server.webhook(Webhooks.envelope(new ArrayList<>(List.of(changes)).toArray())).status()).isEqualTo(200);
    }

    private int quarantined() {
        return server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class);
    }

    private static String now() {
        return Long.toString(TestAccount.now());
    }
}
