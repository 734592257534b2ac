package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What never reaches Meta, and why. */
class ConversionRefusalTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = account.clicked("clid");

    @AfterEach
    void nothingWasStoredAndNobodyCalled() {
        assertThat(server.database().queryForObject("select count(*) from conversion where account_id = ?",
                Integer.class, account.id)).isZero();
        assertThat(server.graph.calls(account.datasetId + "/events")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "accountId      | ''",
        "accountId      | 7",
        "eventName      | 'Lead'",
        "eventName      | 'purchase'",
        "eventName      | 'Subscribe'",
        "eventName      | ['Purchase']",
        "eventId        | ''",
        "eventId        | 7",
        "eventId        | '\\u0000'",
        "eventId        | 'half a pair \\ud83d'",
        "conversationId | 'abc'",
        "conversationId | '0123456789ABCDEF01234567'",
        "conversationId | ''",
        "phoneE164      | 'not a phone'",
        "phoneE164      | '12'",
        "phoneE164      | 15550001111",
        "phoneE164      | ''",
        "phoneE164      | '(11) 94100-0034'",
        "phoneE164      | 'US.1650a5550288'",
        "country        | 'Brazil'",
        "country        | ''",
        "country        | 55",
        "eventTime      | 'now'",
        "eventTime      | 1e2147483647",
        "eventTime      | true",
        "value          | '49'",
        "value          | 1e19",
        "value          | 1e2147483647",
        "value          | 1e-2147483000",
        "value          | 0.12345678901",
        "currency       | 'US'",
        "currency       | 'USDT'",
        "currency       | 'ZZZ'",
        "currency       | 840",
        "contentIds     | 'sku'",
        "contentIds     | [1]",
        "contentIds     | ['half a pair \\udc00']",
        "email          | 'nobody'",
        "email          | 'a b@c'",
        "externalId     | ''",
        "externalId     | {}",
        "testCode       | 1"})
    void aFieldThatBreaksTheSchemaIsRefusedByName(String field, String value) {
        Reply reply = send(field, value.replace('\'', '"'));

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().path("param").asText()).isEqualTo(field);
        assertThat(reply.json().path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(reply.json().at("/details/fields").has(field)).isTrue();
        assertThat(reply.json().at("/details/fields/" + field).isArray()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"accountId", "eventName", "eventId", "conversationId", "phoneE164", "country", "eventTime", "value",
        "currency", "contentIds", "email", "externalId", "testCode"})
    void nullIsRefusedInEveryField(String field) {
        assertThat(send(field, "null").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accountId", "eventName", "eventId"})
    void aRequiredFieldThatIsMissingIsNamed(String field) {
        Map<String, Object> body = body();
        body.remove(field);

        Reply reply = server.call("POST", "/api/v1/whatsapp/conversions", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).isEqualTo("'" + field + "' is required.");
    }

    @Test
    void eitherAConversationOrAPhoneIsNeeded() {
        Map<String, Object> body = body();
        body.remove("phoneE164");

        Reply reply = server.call("POST", "/api/v1/whatsapp/conversions", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).contains("conversationId", "phoneE164");
    }

    @Test
    void leadIsPointedToLeadSubmitted() {
        assertThat(send("eventName", "\"Lead\"").json().path("error").asText()).contains("LeadSubmitted");
    }

    @Test
    void aWrongConversationIdIsNamedInWordsThatClientsKnow() {
        assertThat(send("conversationId", "\"abc\"").json().path("error").asText())
                .contains("Invalid conversationId format");
    }

    @Test
    void anEventOfTheFutureIsRefused() {
        assertThat(send("eventTime", Long.toString(TestAccount.now() + 310)).json().path("error").asText())
                .contains("future");
        assertThat(send("eventTime", System.currentTimeMillis() + "").json().path("error").asText())
                .contains("seconds, not milliseconds");
    }

    @Test
    void anEventOfMoreThanSevenDaysAgoIsRefused() {
        assertThat(send("eventTime", Long.toString(TestAccount.now() - 7 * 86_400 - 5)).json().path("error").asText())
                .contains("7 days");
        assertThat(send("eventTime", "0").status()).isEqualTo(400);
        assertThat(send("eventTime", "-1").status()).isEqualTo(400);
    }

    @Test
    void anUnknownAccountIsNotFound() {
        for (String id : new String[] {"0123456789abcdef01234567", "x", "../accounts", "' or 1=1 --"}) {
            Reply reply = send("accountId", "\"" + id + "\"");
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.json().path("error").asText()).contains("account not found");
            assertThat(reply.json().path("code").asText()).isEqualTo("account_not_found");
        }
    }

    @Test
    void anUnknownConversationIsNotFound() {
        Reply reply = send("conversationId", "\"0123456789abcdef01234567\"");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("code").asText()).isEqualTo("conversation_not_found");
    }

    @Test
    void aConversationOfAnotherAccountIsNotFound() {
        TestAccount other = TestAccount.connect(server);
        String id = other.conversation(other.clicked("x")).path("id").asText();

        assertThat(send("conversationId", "\"" + id + "\"").status()).isEqualTo(404);
    }

    @Test
    void aPhoneThatNobodyHasIsNotFound() {
        Reply reply = send("phoneE164", "\"" + Webhooks.phone() + "\"");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("error").asText()).contains("No CTWA-attributed conversation found");
    }

    @Test
    void anOrganicConversationCannotBeSent() {
        String organic = Webhooks.phone();
        account.receive(Webhooks.text(organic, TestAccount.now()));

        Reply reply = send("phoneE164", "\"" + organic + "\"");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("error").asText()).contains("No CTWA-attributed conversation found",
                "The resolved conversation has no captured ctwa_clid", "did not originate from a Click-to-WhatsApp ad");
    }

    @Test
    void anAccountWithoutADatasetCannotSend() {
        TestAccount without = TestAccount.connect(server, null);
        String clicked = without.clicked("clid");

        Reply reply = without.convert(clicked, "Purchase", "1");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("error").asText()).contains("dataset ID is not configured");
    }

    @Test
    void aDisconnectedAccountIsNotFound() {
        server.call("DELETE", "/api/v1/accounts/" + account.id, null);

        assertThat(account.convert(phone, "Purchase", "1").status()).isEqualTo(404);
    }

    private Reply send(String field, String value) {
        Map<String, Object> body = body();
        body.put(field, "@@");
        String json = new String(Server.json(body), StandardCharsets.UTF_8).replace("\"@@\"", value);
        return server.call("POST", "/api/v1/whatsapp/conversions", json);
    }

    private Map<String, Object> body() {
        return new LinkedHashMap<>(Map.of("accountId", account.id, "phoneE164", phone, "eventName", "Purchase",
                "eventId", "1"));
    }
}
