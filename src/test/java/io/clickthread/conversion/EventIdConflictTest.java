package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event id whose event stands refuses other contents, names what differs, and takes the same ones for a repetition. */
class EventIdConflictTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = account.clicked("clid");
    private final String events = account.datasetId + "/events";

    @ParameterizedTest
    @CsvSource({"delivered, delivered", "unknown, unknown", "waiting, queued", "pending, queued", "sending, queued",
        "closed, closed"})
    void otherContentsThanThoseThatStandAreAConflictThatNamesWhatDiffersAndWhatStands(String state, String shown) {
        account.convert(phone, "Purchase", "order", "value", 1);
        String id = id("order");
        set(id, "state = '" + state + "', due_at = now() + interval '1 hour'");
        String before = row(id);

        Reply reply = account.convert(phone, "Purchase", "order", "value", 2, "currency", "BRL");

        assertThat(reply.status()).as(reply.body()).isEqualTo(409);
        assertThat(reply.json().path("code").asText()).isEqualTo("event_id_conflict");
        assertThat(reply.json().path("param").asText()).isEqualTo("eventId");
        assertThat(reply.json().path("error").asText()).contains("'value', 'currency' differ", "is " + shown);
        assertThat(reply.json().path("details").toString()).isEqualTo(
                "{\"differs\":[\"value\",\"currency\"],\"status\":\"%s\",\"conversionId\":\"%s\"}".formatted(shown, id));
        assertThat(row(id)).isEqualTo(before);
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"value | 2", "currency | \"EUR\"", "contentIds | [\"other\"]",
        "customData | {\"order_id\":\"2\"}", "email | \"other@example.org\"", "externalId | \"other\"", "testCode | \"T2\""})
    void everyFieldThatDiffersIsNamedAndNoneOfItsValues(String field, String other) throws Exception {
        Object[] first = {"value", 1, "currency", "USD", "contentIds", List.of("sku"), "customData", Map.of("order_id", "1"),
            "email", "first@example.org", "externalId", "first", "testCode", "T1"};
        account.convert(phone, "Purchase", "order", first);
        assertThat(account.convert(phone, "Purchase", "order", first).header("Idempotent-Replayed")).isEqualTo("true");
        Object[] second = first.clone();
        for (int i = 0; i < second.length; i += 2) {
            second[i + 1] = second[i].equals(field) ? Server.JSON.readTree(other) : second[i + 1];
        }

        Reply reply = account.convert(phone, "Purchase", "order", second);

        assertThat(reply.status()).as(reply.body()).isEqualTo(409);
        assertThat(reply.json().at("/details/differs").toString()).isEqualTo("[\"" + field + "\"]");
        assertThat(reply.body()).doesNotContain("example.org", phone);
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    @Test
    void anotherContactIsAConflictAndNeitherPhoneIsNamed() {
        account.convert(phone, "Purchase", "order");
        String other = account.clicked("another");

        Reply reply = account.convert(other, "Purchase", "order");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().at("/details/differs").toString()).isEqualTo("[\"contact\"]");
        assertThat(reply.body()).doesNotContain(phone, other);
        assertThat(server.graph.calls(events)).hasSize(1);
    }

    @Test
    void theSameContactByAnotherNameAndTheSameAmountWrittenOtherwiseAreARepetition() {
        account.convert(phone, "Purchase", "order", "value", 10, "eventTime", TestAccount.now() - 60);
        String conversation = account.conversation(phone).path("id").asText();

        Reply again = account.convert("+" + phone, "Purchase", "order", "conversationId", conversation, "value",
                new BigDecimal("10.00"), "currency", "usd");

        assertThat(again.header("Idempotent-Replayed")).as(again.body()).isEqualTo("true");
    }

    @Test
    void anotherTimeIsOtherContentsOnlyIfBothNameOne() {
        account.convert(phone, "Purchase", "timed", "eventTime", TestAccount.now() - 60);
        account.convert(phone, "Purchase", "untimed");

        assertThat(account.convert(phone, "Purchase", "untimed", "eventTime", TestAccount.now() - 90).status()).isEqualTo(200);
        assertThat(account.convert(phone, "Purchase", "timed").status()).isEqualTo(200);
        assertThat(account.convert(phone, "Purchase", "timed", "eventTime", TestAccount.now() - 90).json()
                .at("/details/differs").toString()).isEqualTo("[\"eventTime\"]");
    }

    @Test
    void aParkedEventIsRepeatedByTheSameContactAndContradictedByAnother() {
        String absent = Webhooks.phone();
        String stranger = Webhooks.phone();

        assertThat(parked(absent).status()).isEqualTo(202);
        assertThat(parked(absent).header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(parked(stranger).json().at("/details/differs").toString()).isEqualTo("[\"contact\"]");
        assertThat(account.convert(phone, "Purchase", "parked").status()).isEqualTo(409);
    }

    private Reply parked(String of) {
        return server.call("POST", "/api/v1/whatsapp/conversions", Map.of("accountId", account.id, "phoneE164", of, "eventName",
                "Purchase", "eventId", "parked", "value", 1, "currency", "USD"), "Prefer", "wait-for-click");
    }

    private String id(String eventId) {
        return server.database().queryForObject("select id from conversion where account_id = ? and event_id = ?",
                String.class, account.id, eventId);
    }

    private void set(String id, String change) {
        server.database().update("update conversion set " + change + " where id = ?", id);
    }

    private String row(String id) {
        return server.database().queryForList("select * from conversion where id = ?", id).toString();
    }
}
