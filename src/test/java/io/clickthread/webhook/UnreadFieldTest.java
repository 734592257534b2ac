package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** What Meta sends and nothing reads is counted, and one sample of it is kept. */
class UnreadFieldTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String field = "chats_" + Webhooks.unique();

    static Iterable<String> ofNoUse() {
        return MetaFields.OF_NO_USE.keySet();
    }

    @Test
    void oneSampleOfAFieldIsKeptHoweverOftenItComes() {
        for (int i = 0; i < 3; i++) {
            receive(field, Map.of("people", List.of(Map.of("id", i))));
        }

        assertThat(server.database().queryForList("select reason from quarantined_webhook where sample_of = ?", String.class, field))
                .containsExactly("Meta's field '" + field + "' is not read; one sample is kept.");
        assertThat(traffic().at("/unreadFields/0/field").asText()).isEqualTo(field);
        assertThat(traffic().at("/unreadFields/0/count").asInt()).isEqualTo(3);
        assertThat(traffic().at("/quarantined/0/count").asInt()).isEqualTo(1);
    }

    @Test
    void severalInstancesKeepOneSampleAmongThem() {
        receive(field, Map.of("people", List.of()));
        Map<String, Object> row = new HashMap<>(Map.of("id", "b" + field, "provider", "meta", "reason", "another instance's",
                "body", new byte[1], "bodyKey", 1L, "sampleOf", field));
        row.put("channelKey", null);
        row.put("bodyHash", new byte[] {1});
        String statement = io.clickthread.store.Sql.read("quarantine-webhook").replace(":#", ":");

        assertThat(new NamedParameterJdbcTemplate(server.database()).queryForList(statement, row)).isEmpty();
        assertThat(samples(field)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("ofNoUse")
    void whatIsKnownToBeOfNoUseIsNotKept(String known) {
        receive(known, Map.of("message_echoes", List.of(Webhooks.click("15550783881", "echo", 1))));

        assertThat(samples(known)).isZero();
        assertThat(traffic().path("unreadFields")).isEmpty();
        assertThat(traffic().path("withoutNews")).isNotEmpty();
        assertThat(account.conversation("15550783881")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages", "standby"})
    void aListInsideAFieldThatIsReadIsSampledToo(String read) {
        String phone = Webhooks.phone();
        Map<String, Object> inner = new LinkedHashMap<>(Map.of(field, List.of(Map.of("from", "1")), "messages",
                List.of(Webhooks.click(phone, "beside-" + phone, TestAccount.now()))));
        receive(read, read.equals("standby") ? Map.of("standby", inner) : inner);

        assertThat(account.clicks(phone)).as("the message beside it").hasSize(1);
        assertThat(samples(read + "/" + field)).isEqualTo(1);
    }

    @Test
    void whatAMessageMayHoldBesideIsNoSample() {
        String phone = Webhooks.phone();
        receive("messages", Map.of("messages", List.of(Webhooks.text(phone, TestAccount.now())), "errors",
                List.of(Map.of("code", 1)), "user_actions", List.of(Map.of("action_type", "x")), "conversation_context",
                Map.of("type", "summary")));

        assertThat(traffic().path("unreadFields")).isEmpty();
    }

    @Test
    void aNameThatMetaWouldNotGiveIsShownAsOther() {
        String wrong = "drop table; " + field;
        receive(wrong, Map.of("a", List.of(1)));

        assertThat(samples(wrong)).isZero();
        assertThat(traffic().at("/unreadFields/0/field").asText()).isEqualTo("other");
    }

    @Test
    void aSampleThatIsRunAgainWhileNothingReadsItStaysKept() {
        receive(field, Map.of("people", List.of()));
        String id = server.database().queryForObject("select id from quarantined_webhook where sample_of = ?", String.class, field);
        JsonNode answer = server.call("POST", "/api/v1/webhooks/quarantine/" + id + "/replay", null).json();

        assertThat(answer.path("replayed").asBoolean(true)).isFalse();
        assertThat(answer.path("reason").asText()).contains(field);
        assertThat(samples(field)).isEqualTo(1);
    }

    @Test
    void itIsCountedForTheMetricsByName() {
        receive(field, Map.of("people", List.of()));
        double seen = server.context.getBean(MeterRegistry.class).find("clickthread.webhooks.unread.fields").tag("provider", "meta")
                .counters().stream().mapToDouble(io.micrometer.core.instrument.Counter::count).sum();

        assertThat(seen).isPositive();
    }

    @Test
    void theFieldsOfThoseWhoPassMetasWebhooksOnAreSampledToo() {
        TestChannel channel = TestChannel.open(account, "passthrough", "k" + field, null);
        channel.send(Webhooks.envelope(Map.of("field", field, "value", Map.of("people", List.of()))));

        assertThat(samples(field)).isEqualTo(1);
        assertThat(channel.quarantined()).isEqualTo(1);
    }

    private void receive(String name, Map<String, Object> more) {
        Map<String, Object> value = new LinkedHashMap<>(more);
        value.put("messaging_product", "whatsapp");
        value.put("metadata", Map.of("phone_number_id", account.phoneNumberId));
        assertThat(server.webhook(Webhooks.envelope(Map.of("field", name, "value", value))).status()).isEqualTo(200);
    }

    private int samples(String name) {
        return server.database().queryForObject("select count(*) from quarantined_webhook where sample_of = ?", Integer.class, name);
    }

    private JsonNode traffic() {
        String id = server.call("GET", "/api/v1/accounts/" + account.id + "/channels", null).json().at("/channels/0/_id").asText();
        return server.call("GET", "/api/v1/channels/" + id + "/health", null).json().path("traffic");
    }
}
