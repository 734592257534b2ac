package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A conversion finds its contact by anything that the contact is known by, and never sends a stranger's click. */
class NamedContactTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String events = account.datasetId + "/events";
    private final String unique = Webhooks.unique();
    private final String phone = Webhooks.phone();
    private final String userId = "BR.1502" + unique;
    private final String parentId = "BR.ENT.77" + unique;

    @Test
    void aContactWithoutAPhoneIsFoundByItsUserIdOrItsParent() {
        receive(null, "click");

        assertThat(convert("1", Map.of("userId", userId)).status()).isEqualTo(200);
        assertThat(convert("2", Map.of("userId", " " + parentId)).status()).isEqualTo(200);

        assertThat(sentClicks()).containsExactly("click", "click");
    }

    @ParameterizedTest
    @CsvSource({"kunde/%s, generic %2$s/kunde/%1$s", "%s@lid, lid:%s", "%s@lid, %s@lid", "BR.7%s, BR.7%s"})
    void aContactIsFoundByTheIdOfItsProvider(String given, String written) {
        TestChannel channel = TestChannel.open(account, "generic", "k" + unique, Map.of("paths", Map.of("messages", "$.all[*]",
                "contact", "who", "messageId", "no", "clickId", "click")));
        String id = "1000000" + unique;
        assertThat(channel.send(Map.of("all", List.of(Map.of("who", given.formatted(id), "no", "m" + unique, "click", "click"))))
                .status()).isEqualTo(200);

        Reply reply = convert("1", Map.of("contactId", written.formatted(id, "k" + unique)));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(sentClicks()).containsExactly("click");
    }

    @Test
    void severalNamesOfOneContactFindItAndSoDoKnownOnesAmongUnknown() {
        receive(phone, "click");
        String conversation = account.conversation(phone).path("id").asText();

        assertThat(convert("1", Map.of("userId", userId, "phoneE164", phone, "conversationId", conversation)).status()).isEqualTo(200);
        assertThat(convert("2", Map.of("userId", "BR.nobody", "phoneE164", phone, "contactId", "chatwoot 1/" + unique)).status())
                .isEqualTo(200);
        assertThat(convert("3", Map.of("conversationId", conversation, "phoneE164", Webhooks.phone())).status()).isEqualTo(200);
        assertThat(sentClicks()).containsExactly("click", "click", "click");
    }

    @Test
    void namesOfTwoContactsAreRefusedAndNobodysClickIsSent() {
        receive(null, "mine");
        String other = account.clicked("others");

        Reply reply = server.call("POST", "/api/v1/whatsapp/conversions", body("1", Map.of("userId", userId, "phoneE164", other)),
                "Prefer", "wait-for-click");
        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.json().path("code").asText()).isEqualTo("contacts_differ");
        JsonNode result = server.call("POST", "/api/v1/whatsapp/conversions/batch", Map.of("conversions", List.of(
                body("2", Map.of("userId", userId, "phoneE164", other)), body("3", Map.of("userId", userId))))).json();
        assertThat(result.at("/results/0/error/code").asText()).isEqualTo("contacts_differ");
        assertThat(result.at("/results/1/status").asText()).isEqualTo("queued");
        await().untilAsserted(() -> assertThat(sentClicks()).containsExactly("mine"));
    }

    @Test
    void aConversationThatIsNotThereIsNotReplacedByWhoeverElseIsNamed() {
        String other = account.clicked("others");
        Reply reply = convert("1", Map.of("conversationId", "6b031090b87cc915051bc561", "phoneE164", other));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("error").asText()).contains("Conversation not found");
    }

    @Test
    void anUnknownNameIsA404InWordsThatClientsKnow() {
        assertThat(convert("1", Map.of("userId", userId)).json().path("error").asText())
                .startsWith("No CTWA-attributed conversation found for this contact");
        assertThat(convert("1", Map.of("phoneE164", phone)).json().path("error").asText())
                .startsWith("No CTWA-attributed conversation found for this phone number");
        Reply none = convert("1", Map.of());
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.json().path("error").asText()).contains("Either 'conversationId' or 'phoneE164' is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"15551234567", "+1 555 123 4567", "10000000000001", "15551234567@s.whatsapp.net", "  "})
    void aNumberIsNoProvidersIdBecauseItMayBeTwoPeoples(String contactId) {
        Reply reply = convert("1", Map.of("contactId", contactId));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("param").asText()).isEqualTo("contactId");
    }

    @Test
    void thePhoneOfSomebodyElseThatIsHiddenInAUserIdFindsNobody() {
        String stranger = account.clicked("strangers");
        assertThat(convert("1", Map.of("userId", "US.1" + stranger.substring(1))).status()).isEqualTo(404);
        assertThat(convert("2", Map.of("userId", stranger)).status()).isEqualTo(404);
        assertThat(convert("3", Map.of("phoneE164", "US." + stranger)).status()).isEqualTo(400);
        assertThat(server.graph.calls(events)).isEmpty();
    }

    @Test
    void aConversionWaitsForAnyOfItsNames() {
        Reply parked = server.call("POST", "/api/v1/whatsapp/conversions", body("1", Map.of("userId", userId, "phoneE164", phone,
                "contactId", "chatwoot 1/" + unique)), "Prefer", "wait-for-click");
        assertThat(show(parked).path("state").asText()).isEqualTo("parked");

        receive(null, "late");

        await().untilAsserted(() -> assertThat(show(parked).path("status").asText()).isEqualTo("delivered"));
        assertThat(sentClicks()).containsExactly("late");
    }

    @Test
    void aConversionWhoseNamesTurnOutToBeTwoPeoplesIsNotSent() {
        Reply split = server.call("POST", "/api/v1/whatsapp/conversions", body("1", Map.of("userId", userId, "phoneE164", phone)),
                "Prefer", "wait-for-click");
        Reply whole = server.call("POST", "/api/v1/whatsapp/conversions", body("2", Map.of("phoneE164", phone)),
                "Prefer", "wait-for-click");
        Map<String, Object> organic = Webhooks.text("", TestAccount.now());
        organic.remove("from");
        organic.put("from_user_id", userId);
        account.receive(organic);
        account.receive(Webhooks.click(phone, "others", TestAccount.now()));

        await().untilAsserted(() -> assertThat(show(whole).path("status").asText()).isEqualTo("delivered"));
        assertThat(show(split).path("state").asText()).isEqualTo("parked");

        receive(phone, "both"); // they are one, after all
        await().untilAsserted(() -> assertThat(show(split).path("status").asText()).isEqualTo("delivered"));
    }

    @Test
    void anEventOfAClockAheadIsOfNow() {
        receive(phone, "click");
        long before = TestAccount.now();
        assertThat(convert("1", Map.of("phoneE164", phone, "eventTime", before + 290)).status()).isEqualTo(200);
        assertThat(server.graph.calls(events).get(0).event().path("event_time").asLong()).isBetween(before, TestAccount.now());
    }

    private void receive(String from, String clickId) {
        Map<String, Object> click = Webhooks.click(from, clickId, TestAccount.now());
        if (from == null) {
            click.remove("from");
        }
        click.put("from_user_id", userId);
        click.put("from_parent_user_id", parentId);
        assertThat(account.receive(click).status()).isEqualTo(200);
    }

    private Reply convert(String eventId, Map<String, ?> names) {
        return server.call("POST", "/api/v1/whatsapp/conversions", body(eventId, names));
    }

    private Map<String, Object> body(String eventId, Map<String, ?> names) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("accountId", account.id, "eventName", "LeadSubmitted", "eventId",
                unique + "-" + eventId));
        body.putAll(names);
        return body;
    }

    private List<String> sentClicks() {
        return server.graph.taken(events).stream().flatMap(call -> call.json().path("data").findValuesAsText("ctwa_clid").stream())
                .toList();
    }

    private JsonNode show(Reply reply) {
        return server.call("GET", reply.header("Location"), null).json();
    }
}
