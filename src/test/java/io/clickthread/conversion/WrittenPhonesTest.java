package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.support.Cases;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sale finds the contact whose phone it names, however it is written, and no other. */
class WrittenPhonesTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);

    @TestFactory
    List<DynamicTest> everyWritingOfASaleFindsTheContactOfItsClick() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode one : new ObjectMapper().readTree(Cases.read("30-phones.json"))) {
            String click = one.path("click").asText();
            tests.add(DynamicTest.dynamicTest(one.path("case").asText(), () -> {
                assertThat(account.receive(Webhooks.click(click, "AR" + click, TestAccount.now())).status()).isEqualTo(200);
                for (JsonNode sale : one.path("sale")) {
                    finds(account, sale.asText(), null, click);
                }
            }));
        }
        return tests;
    }

    /** The click has the form of today, and the shop the old one. */
    @ParameterizedTest
    @CsvSource({"5491165000030, 541165000030", "2290197000031, 22997000031", "2250707181399, 22507181399",
        "525512000036, 5215512000036", "5531988000036, 553188000036", "84381234567, 841681234567", "24166031234, 2416031234",
        "220877012345, 2207012345"})
    void aSaleByTheOldNumberFindsTheClickOfTheNewOneAndTheOtherWayRound(String today, String old) {
        account.receive(Webhooks.click(today, "AR" + today, TestAccount.now()));
        finds(account, "+" + old, null, today);

        TestAccount other = TestAccount.connect(server);
        other.receive(Webhooks.click(old, "AR" + old, TestAccount.now()));
        finds(other, "+" + today, null, old);
        finds(other, old, null, old);
    }

    @Test
    void aStrangersIdThatHasTheDigitsOfABuyersPhoneIsNotTheBuyer() {
        String stranger = Cases.read("02-min-letters.json").replace("106540352242922", account.phoneNumberId);
        assertThat(server.webhook(Server.json(stranger)).status()).isEqualTo(200);

        Reply sale = account.convert("+16505550288", "Purchase", "s1", "value", 1, "currency", "USD");

        assertThat(sale.status()).isEqualTo(404);
        assertThat(server.graph.calls(account.datasetId + "/events")).isEmpty();
    }

    @Test
    void aNumberWithoutCountryCodeIsOfTheCountryBesideIt() {
        account.receive(Webhooks.click("5511941000034", "ARbr", TestAccount.now()));

        finds(account, "(11) 94100-0034", "BR", "br");
        finds(account, "011 94100 0034", "br", "br");
        finds(account, "11941000034", "BR", "br");
        finds(account, "5511941000034", "BR", "br");
        finds(account, "+55 11 94100-0034", "PT", "br");
    }

    @Test
    void withoutACountryItIsTheAccounts() {
        account.receive(Webhooks.click("5511941000034", "ARbr", TestAccount.now()));
        Reply refused = account.convert("(11) 94100-0034", "LeadSubmitted", "before");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("param").asText()).isEqualTo("phoneE164");
        assertThat(refused.json().path("error").asText()).isEqualTo("'phoneE164' has no country code. Write it with + and its "
                + "country code, for example +5511940000017, or name its country in 'country'.");

        server.call("PUT", "/api/v1/accounts/" + account.id, Map.of("metadata", Map.of("defaultCountry", "BR")));

        finds(account, "(11) 94100-0034", null, "br");
        Reply elsewhere = account.convert("(11) 94100-0034", "LeadSubmitted", "elsewhere", "country", "PT");
        assertThat(elsewhere.json().path("error").asText()).contains("is not a complete phone number of PT");
    }

    @Test
    void aBatchHasACountryForEachConversion() {
        account.receive(Webhooks.click("5511941000034", "ARbr", TestAccount.now()));
        account.receive(Webhooks.click("16502530034", "ARus", TestAccount.now()));
        List<Map<String, Object>> conversions = List.of(
                Map.of("phoneE164", "(11) 94100-0034", "country", "BR", "eventName", "LeadSubmitted", "eventId", "b1"),
                Map.of("phoneE164", "(650) 253-0034", "country", "US", "eventName", "LeadSubmitted", "eventId", "b2"),
                Map.of("phoneE164", "(11) 94100-0034", "eventName", "LeadSubmitted", "eventId", "b3"));

        JsonNode answer = server.call("POST", "/api/v1/whatsapp/conversions/batch",
                Map.of("accountId", account.id, "conversions", conversions)).json();

        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.at("/results/2/error/error").asText()).contains("'phoneE164' has no country code");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"BR.1502576394600002 | contains letters", "17240000000011@lid | contains letters",
        "5.51194E+12 | scientific notation", "+5511940000017 / +5511940000018 | more than one number",
        "1234567890123456 | more than 15 digits"})
    void whatCannotBeToldIsRefusedWithWhatToWriteInstead(String text, String reason) {
        Reply reply = account.convert(text, "LeadSubmitted", "x");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).startsWith("'phoneE164' ").contains(reason).doesNotContain(text);
    }

    @ParameterizedTest
    @CsvSource({"Brazil", "BRA", "UK", "''"})
    void aCountryThatIsNoneIsRefusedByName(String country) {
        Reply reply = account.convert("+5511941000034", "LeadSubmitted", "x", "country", country);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("param").asText()).isEqualTo("country");
    }

    @Test
    void aNumberThatNoPlanHasIsFoundAsWhatsAppSentIt() {
        account.receive(Webhooks.click("999123456789", "ARodd", TestAccount.now()));
        finds(account, "999123456789", null, "odd");

        assertThat(account.convert("999123456780", "LeadSubmitted", "y").json().path("error").asText())
                .contains("It is no number of any country: if its country code is missing");
        assertThat(account.convert("+16502530035", "LeadSubmitted", "z").json().path("error").asText())
                .doesNotContain("no number of any country");
    }

    private void finds(TestAccount where, String written, String country, String eventId) {
        String id = eventId + "-" + Webhooks.unique();
        Reply reply = country == null ? where.convert(written, "LeadSubmitted", id)
                : where.convert(written, "LeadSubmitted", id, "country", country);
        assertThat(reply.status()).as("%s: %s", written, reply.body()).isEqualTo(200);
    }
}
