package io.clickthread.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.support.Server;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventJudgeTest {

    private static final long NOW = 1_795_000_000;

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("no event name", 0, event -> event.remove("event_name")),
                fault("no event time", 0, event -> event.remove("event_time")),
                fault("an event time as text", 0, event -> event.put("event_time", "1795000000")),
                fault("no user data", 0, event -> event.remove("user_data")),
                fault("another action source", 0, event -> event.put("action_source", "website")),
                fault("milliseconds", 0, event -> event.put("event_time", NOW * 1000)),
                fault("too old", 2804003, event -> event.put("event_time", NOW - 7 * 86_400 - 1)),
                fault("no channel", 2804063, event -> event.remove("messaging_channel")),
                fault("a wrong channel", 2804064, event -> event.put("messaging_channel", "sms")),
                fault("an address", 2804064, event -> user(event).put("client_ip_address", "192.0.2.1")),
                fault("a user agent", 2804064, event -> user(event).put("client_user_agent", "x")),
                fault("Lead", 2804066, event -> event.put("event_name", "Lead")),
                fault("no business account", 0, event -> user(event).remove("whatsapp_business_account_id")),
                fault("no click id", 2804087, event -> user(event).remove("ctwa_clid")),
                fault("a made-up click id", 2804087, event -> user(event).put("ctwa_clid", "ARAkLkA8rmlFeiCktEJQ")),
                fault("no value", 2804009, event -> custom(event).remove("value")),
                fault("a negative value", 2804009, event -> custom(event).put("value", -1)),
                fault("no currency", 2804009, event -> custom(event).remove("currency")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void oneBadEventRefusesTheWholeRequest(String name, int subcode, Consumer<ObjectNode> fault) {
        ObjectNode bad = event();
        fault.accept(bad);
        GraphError error = judge(event(), bad, event());
        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo(100);
        assertThat(error.subcode()).isEqualTo(subcode);
        assertThat(error.status()).isEqualTo(400);
    }

    @Test
    void goodEventsPass() {
        ObjectNode oldest = event();
        oldest.put("event_time", NOW - 7 * 86_400);
        ObjectNode lead = event();
        lead.put("event_name", "QualifiedLead");
        lead.remove("custom_data");
        assertThat(judge(event(), oldest, lead)).isNull();
    }

    @Test
    void aRequestHasOneToAThousandEvents() {
        assertThat(judge()).isNotNull();
        assertThat(judge(Stream.generate(EventJudgeTest::event).limit(1_000).toArray(ObjectNode[]::new))).isNull();
        assertThat(judge(Stream.generate(EventJudgeTest::event).limit(1_001).toArray(ObjectNode[]::new))).isNotNull();
        assertThat(new EventJudge(NOW, id -> true).fault(Server.JSON.createObjectNode())).isNotNull();
    }

    @Test
    void everySentenceIsThereInBothLanguages() {
        for (String key : new String[] {"too_old", "in_future", "no_value", "no_channel", "bad_argument", "bad_name",
            "bad_click", "no_account", "expired", "blocked"}) {
            assertThat(Sentences.title(key, Locale.ENGLISH)).isNotBlank()
                    .isNotEqualTo(Sentences.title(key, Locale.forLanguageTag("pt-BR")));
            assertThat(Sentences.text(key, Locale.ENGLISH)).isNotBlank()
                    .isNotEqualTo(Sentences.text(key, Locale.forLanguageTag("pt-BR")));
        }
    }

    @Test
    void theSimulatorKnowsItsOwnClickIdsAndNoOthers() {
        String clickId = ClickIds.issue();
        assertThat(clickId).matches("ARA[A-Za-z0-9_-]{96}").isNotEqualTo(ClickIds.issue());
        assertThat(ClickIds.isIssued(clickId)).isTrue();
        char last = clickId.charAt(98);
        assertThat(ClickIds.isIssued(clickId.substring(0, 98) + (last == 'A' ? 'B' : 'A'))).isFalse();
        assertThat(ClickIds.isIssued(clickId + "AAAA")).isFalse();
        assertThat(ClickIds.isIssued(clickId.toLowerCase(Locale.ROOT))).isFalse();
        assertThat(ClickIds.isIssued("ARA!")).isFalse();
        assertThat(ClickIds.isIssued(null)).isFalse();
    }

    private static GraphError judge(ObjectNode... events) {
        ObjectNode body = Server.JSON.createObjectNode();
        ArrayNode data = body.putArray("data");
        for (ObjectNode event : events) {
            data.add(event);
        }
        return new EventJudge(NOW, "good"::equals).fault(body);
    }

    private static ObjectNode event() {
        ObjectNode event = Server.JSON.createObjectNode();
        event.put("event_name", "Purchase").put("event_time", NOW).put("action_source", "business_messaging")
                .put("messaging_channel", "whatsapp");
        event.putObject("user_data").put("whatsapp_business_account_id", "1").put("ctwa_clid", "good");
        event.putObject("custom_data").put("value", 49).put("currency", "USD");
        return event;
    }

    private static ObjectNode user(JsonNode event) {
        return (ObjectNode) event.path("user_data");
    }

    private static ObjectNode custom(JsonNode event) {
        return (ObjectNode) event.path("custom_data");
    }

    private static Arguments fault(String name, int subcode, Consumer<ObjectNode> fault) {
        return Arguments.of(name, subcode, fault);
    }
}
