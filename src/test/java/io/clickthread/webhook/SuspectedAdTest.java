package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A first message that WhatsApp withholds (error 131060) is suspected to come from an ad. */
class SuspectedAdTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = Webhooks.phone();
    private final String userId = "BR." + Webhooks.unique();

    @Test
    void aNewContactWhoseMessageIsWithheldIsSuspected() {
        receive(withheld(phone));

        assertThat(hint(phone).path("type").asText()).isEqualTo("suspected_ad");
        assertThat(hint(phone).path("at").asText()).isNotEmpty();
        assertThat(account.conversation(phone).has("metadata")).as("metadata, which says that a click was captured").isFalse();
        assertThat(account.convert(phone, "Purchase", "e-" + phone, "value", 1, "currency", "USD").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsupported", "text", "unknown"})
    void theErrorDecidesAndNotTheType(String type) {
        Map<String, Object> message = withheld(phone);
        message.put("type", type);
        receive(message);

        assertThat(hint(phone).path("type").asText()).isEqualTo("suspected_ad");
    }

    @Test
    void anotherErrorOfAMessageIsNoSuspicion() {
        Map<String, Object> message = withheld(phone);
        message.put("errors", List.of(Map.of("code", 131051, "title", "Message type unknown")));
        receive(message);

        assertThat(account.conversation(phone)).as("an organic contact").isNotNull();
        assertThat(account.conversation(phone).has("referralHint")).isFalse();
    }

    @Test
    void aKnownContactIsNotSuspected() {
        receive(Webhooks.text(phone, TestAccount.now()));
        receive(withheld(phone));
        assertThat(account.conversation(phone).has("referralHint")).as("known in memory").isFalse();

        String other = account.clicked("clicked-" + phone);
        receive(withheld(other));
        assertThat(account.conversation(other).has("referralHint")).isFalse();
    }

    @Test
    void aContactWhoWroteBeforeInTheSameWebhookIsNotSuspected() {
        long now = TestAccount.now();
        Map<String, Object> later = withheld(phone);
        later.put("timestamp", Long.toString(now));
        receive(later, Webhooks.text(phone, now - 60));

        assertThat(account.conversation(phone).has("referralHint")).isFalse();
    }

    @Test
    void theMessagesThatFollowTheWithheldOneInTheSameWebhookLeaveTheSuspicion() {
        long now = TestAccount.now();
        Map<String, Object> first = withheld(phone);
        first.put("timestamp", Long.toString(now - 60));
        receive(Webhooks.text(phone, now), first);

        assertThat(hint(phone).path("type").asText()).isEqualTo("suspected_ad");
    }

    @Test
    void aDeliveryThatIsRepeatedChangesNothing() {
        Map<String, Object> message = withheld(phone);
        receive(message);
        JsonNode before = hint(phone);
        receive(message);

        assertThat(hint(phone)).isEqualTo(before);
    }

    @Test
    void aLaterMessageBringsTheClickAndTheSuspicionStaysAsHistory() {
        receive(withheld(phone));
        JsonNode before = hint(phone);
        receive(Webhooks.click(phone, "late-" + phone, TestAccount.now()));

        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo("late-" + phone);
        assertThat(before.has("completed")).isFalse();
        assertThat(hint(phone).path("completed").asBoolean()).isTrue();
        assertThat(hint(phone).path("type")).isEqualTo(before.path("type"));
        assertThat(hint(phone).path("at")).isEqualTo(before.path("at"));
    }

    @Test
    void metasAutomaticEventBringsTheClick() {
        receive(withheld(phone));
        event("wamid." + Webhooks.unique(), null);
        assertThat(account.conversation(phone).has("metadata")).as("by an event of somebody else").isFalse();

        event(wamid(phone), "auto-" + phone);
        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo("auto-" + phone);
        assertThat(account.convert(phone, "Purchase", "e-" + phone, "value", 1, "currency", "USD").json()
                .path("eventsReceived").asInt()).isEqualTo(1);
    }

    @Test
    void somebodyWithoutAPhoneIsSuspectedAndCompletedByTheWithheldMessage() {
        Map<String, Object> message = withheld(null);
        receive(message);
        assertThat(hint(userId).path("type").asText()).isEqualTo("suspected_ad");

        event((String) message.get("id"), "hidden-" + userId);
        assertThat(account.conversation(userId).at("/metadata/ctwa_clid").asText()).isEqualTo("hidden-" + userId);
    }

    @Test
    void aCertainHintTakesTheSuspicionsPlaceAndNeverTheOtherWayRound() {
        receive(withheld(phone));
        Map<String, Object> status = Map.of("id", "wamid.s", "status", "delivered", "recipient_id", phone, "timestamp",
                Long.toString(TestAccount.now()), "conversation", Map.of("id", "c", "origin", Map.of("type", "referral_conversion")));
        change(Map.of("statuses", List.of(status)));
        assertThat(hint(phone).path("type").asText()).isEqualTo("referral_conversion");

        receive(withheld(phone));
        assertThat(hint(phone).path("type").asText()).isEqualTo("referral_conversion");
    }

    @Test
    void aWithheldMessageThatNamesItsAdIsAClick() {
        Map<String, Object> message = withheld(phone);
        message.put("referral", Webhooks.referral("named-" + phone));
        receive(message);

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.conversation(phone).has("referralHint")).isFalse();
    }

    @Test
    void aSuspicionEndsWhenItTurnsOutThatTheContactWasKnown() {
        receive(Webhooks.text(phone, TestAccount.now()));
        receive(withheld(null));
        assertThat(hint(userId).isObject()).isTrue();
        Map<String, Object> both = Webhooks.text(phone, TestAccount.now());
        both.put("from_user_id", userId);
        receive(both);

        assertThat(account.conversation(phone).has("referralHint")).isFalse();
        assertThat(account.conversation(userId)).isNull();
    }

    @Test
    void theHealthShowsHowManyAreSuspectedAndHowManyOfThemWereCompleted() {
        receive(withheld(phone));
        assertThat(health().at("/suspected/total").asInt()).isEqualTo(1);
        assertThat(health().at("/suspected/share").decimalValue()).isEqualByComparingTo("1");
        assertThat(health().path("status").asText()).isEqualTo("withheld");
        assertThat(health().path("advice").asText()).contains("131060", "automatic_events");

        for (int i = 0; i < 3; i++) {
            account.clicked("share-" + Webhooks.unique());
        }
        assertThat(health().at("/suspected/share").decimalValue()).isEqualByComparingTo("0.25");

        event(wamid(phone), "auto-" + phone);
        assertThat(health().at("/suspected/completed").asInt()).isEqualTo(1);
        assertThat(health().at("/suspected/share").decimalValue()).isEqualByComparingTo("0");
        assertThat(health().path("status").asText()).isEqualTo("ok");
    }

    @Test
    void aSuspicionIsCountedInTheMetrics() {
        double before = counted();
        receive(withheld(phone));
        assertThat(counted()).isGreaterThanOrEqualTo(before + 1);
    }

    private double counted() {
        return server.context.getBean(io.micrometer.core.instrument.MeterRegistry.class)
                .counter("clickthread.webhooks.suspected.ads", "provider", "meta").count();
    }

    private JsonNode health() {
        String id = server.call("GET", "/api/v1/accounts/" + account.id + "/channels", null).json().at("/channels/0/_id").asText();
        return server.call("GET", "/api/v1/channels/" + id + "/health", null).json();
    }

    /** As Meta's page "Unsupported messages" has it. */
    private Map<String, Object> withheld(String from) {
        Map<String, Object> message = new LinkedHashMap<>();
        if (from != null) {
            message.put("from", from);
        } else {
            message.put("from_user_id", userId);
        }
        message.put("id", "wamid." + Webhooks.unique());
        message.put("timestamp", Long.toString(TestAccount.now()));
        message.put("type", "unsupported");
        message.put("errors", List.of(Map.of("code", 131060, "title", "This message is currently unavailable.", "message",
                "This message is currently unavailable.", "error_data", Map.of("details", "Message is unavailable."))));
        return message;
    }

    private static String wamid(String phone) {
        byte[] digits = phone.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] bytes = new byte[digits.length + 13];
        bytes[0] = 0x1c;
        bytes[1] = 0x18;
        bytes[2] = (byte) digits.length;
        System.arraycopy(digits, 0, bytes, 3, digits.length);
        return "wamid." + java.util.Base64.getEncoder().encodeToString(bytes);
    }

    private void event(String messageId, String clickId) {
        Map<String, Object> event = new LinkedHashMap<>(Map.of("id", messageId, "event_name", "LeadSubmitted", "timestamp",
                TestAccount.now()));
        if (clickId != null) {
            event.put("ctwa_clid", clickId);
        }
        Reply reply = server.webhook(Webhooks.envelope(Map.of("field", "automatic_events", "value", Map.of("metadata",
                Map.of("phone_number_id", account.phoneNumberId), "automatic_events", List.of(event)))));
        assertThat(reply.status()).isEqualTo(200);
    }

    private void receive(Object... messages) {
        change(Map.of("messages", List.of(messages)));
    }

    private void change(Map<String, Object> more) {
        Map<String, Object> value = new LinkedHashMap<>(more);
        value.put("metadata", Map.of("phone_number_id", account.phoneNumberId));
        assertThat(server.webhook(Webhooks.envelope(Map.of("field", "messages", "value", value))).status()).isEqualTo(200);
    }

    private JsonNode hint(String participant) {
        return account.conversation(participant).path("referralHint");
    }
}
