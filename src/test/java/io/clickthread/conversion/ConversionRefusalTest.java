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
        "customData     | 'x'",
        "customData     | []",
        "customData     | {'value':1}",
        "customData     | {'currency':'USD'}",
        "customData     | {'content_ids':['x']}",
        "customData     | {'contents':{}}",
        "customData     | {'contents':[{'quantity':1}]}",
        "customData     | {'contents':[{'id':''}]}",
        "customData     | {'contents':['sku']}",
        "customData     | {'n':1e999999999}",
        "customData     | {'n':1e-999999999}",
        "customData     | {'a\\u0000':1}",
        "customData     | {'a':['\\ud800']}",
        "customData     | {'a':[[[[[[[[[[[1]]]]]]]]]]]}",
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
        "currency", "contentIds", "customData", "email", "externalId", "testCode"})
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

    @ParameterizedTest
    @CsvSource({"value, 2804009", "currency, 2804010"})
    void aPurchaseWithoutItsAmountIsRefusedBeforeMetaRefusesIt(String field, String code) {
        Map<String, Object> body = body();
        body.remove(field);

        Reply reply = server.call("POST", "/api/v1/whatsapp/conversions", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("param").asText()).isEqualTo(field);
        assertThat(reply.json().path("error").asText()).contains("'" + field + "'", code);

        Reply batch = server.call("POST", "/api/v1/whatsapp/conversions/batch", Map.of("conversions", java.util.List.of(body)));
        assertThat(batch.json().at("/results/0/error/error")).isEqualTo(reply.json().path("error"));
        String csv = field.equals("value") ? "eventId,eventName,phone,currency\n1,Purchase," + phone + ",USD\n"
                : "eventId,eventName,phone,value\n1,Purchase," + phone + ",1\n";
        for (String dryRun : new String[] {"", "&dryRun=true"}) {
            Reply upload = server.send("POST", "/api/v1/whatsapp/conversions/import?accountId=" + account.id + dryRun,
                    csv.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/csv", "Authorization", "Bearer " + Server.KEY);
            String path = "/api/v1/whatsapp/conversions/imports/" + upload.json().at("/import/_id").asText();
            org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(server.call("GET", path, null).json()
                    .at("/import/state").asText()).isEqualTo("done"));
            assertThat(server.call("GET", path + "/result", null).body()).contains("1,refused,invalid_field_value,", code);
        }
    }

    @Test
    void aTimeOrAnAmountInQuotesIsRefusedWithWhatToWrite() {
        assertThat(send("eventTime", "\"2026-11-22T10:15:00+01:00\"").json().path("error").asText())
                .contains("seconds since 1970", "1795338900");
        assertThat(send("eventTime", "\"" + TestAccount.now() + "\"").json().path("param").asText()).isEqualTo("eventTime");
        Reply amount = send("value", "\"1500.00\"");
        assertThat(amount.json().path("error").asText()).isEqualTo("'value' must be a number: write it without quotes, for example "
                + "1500.00.");
        assertThat(amount.json().path("param").asText()).isEqualTo("value");
    }

    @Test
    void whatWasNotReadIsNamedBesideARefusal() {
        Map<String, Object> body = body();
        body.put("eventtime", 1);
        body.put("phoneE164", Webhooks.phone());

        Reply unknown = server.call("POST", "/api/v1/whatsapp/conversions", body);

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.header("X-Ignored-Fields")).isEqualTo("eventtime");
        body.put("Value", body.remove("value"));
        Reply misspelt = server.call("POST", "/api/v1/whatsapp/conversions", body);
        assertThat(misspelt.json().path("param").asText()).isEqualTo("value");
        assertThat(misspelt.header("X-Ignored-Fields")).isEqualTo("eventtime, Value");
        assertThat(server.call("POST", "/api/v1/whatsapp/conversions/batch", Map.of("conversions", java.util.List.of(body))).json()
                .at("/results/0/ignoredFields").toString()).isEqualTo("[\"eventtime\",\"Value\"]");
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
    void howAPhoneWasReadIsToldWithoutThePhone() {
        server.call("PUT", "/api/v1/accounts/" + account.id, Map.of("metadata", Map.of("defaultCountry", "DE")));

        Reply reply = send("phoneE164", "\"0171 2000067\"");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("error").asText()).endsWith("It was looked for as a number of DE ending in 67.")
                .doesNotContain("2000067", "171");
        assertThat(send("phoneE164", "\"15551234567\"").json().path("error").asText()).startsWith("'phoneE164' is a number of DE and")
                .contains("with + and its country code", "with the 0 before it");
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
        return new LinkedHashMap<>(Map.of("accountId", account.id, "phoneE164", phone,
                "eventName", "Purchase", "value", 1, "currency", "USD",
                "eventId", "1"));
    }
}
