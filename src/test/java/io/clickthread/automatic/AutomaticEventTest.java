package io.clickthread.automatic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Leads and sales that Meta itself finds in chats: recorded, and good for a click id that was missing. */
class AutomaticEventTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final AutomaticEvents of = new AutomaticEvents(account);
    private final String phone = Webhooks.phone();
    private final String clid = "clid-" + Webhooks.unique();

    @Test
    void itIsRecordedOnceWithItsAmountInWholeUnits() {
        account.receive(Webhooks.click(phone, clid, TestAccount.now()));
        Map<String, Object> event = AutomaticEvents.purchase("wamid.a" + clid, clid, 25_000);
        of.receive(event);
        of.receive(event, event);

        assertThat(of.list()).hasSize(1);
        JsonNode row = of.list().get(0);
        assertThat(row.path("value").decimalValue()).isEqualByComparingTo("25");
        assertThat(row.path("currency").asText()).isEqualTo("USD");
        assertThat(row.path("eventName").asText()).isEqualTo("Purchase");
        assertThat(row.path("clickId").asText()).isEqualTo(clid);
        assertThat(row.path("conversationId").asText()).isEqualTo(account.conversation(phone).path("id").asText());
        assertThat(row.path("decision").asText()).contains("Recorded only");
        assertThat(row.path("conversionId").isNull()).isTrue();
        assertThat(server.graph.calls(account.datasetId + "/events")).isEmpty();
    }

    @Test
    void aFractionOfAThousandthStaysExact() {
        of.receive(AutomaticEvents.purchase("wamid.f" + clid, clid, 19_995));

        assertThat(of.list().get(0).path("value").decimalValue()).isEqualByComparingTo("19.995");
    }

    @Test
    void aClickIdCompletesTheTouchAndRefreshesWhenItWasCaptured() {
        Map<String, Object> touch = Webhooks.click(phone, null, TestAccount.now() - 60);
        account.receive(touch);
        String before = captured();
        assertThat(account.convert(phone, "Purchase", "1").status()).isEqualTo(422);

        of.receive(AutomaticEvents.purchase((String) touch.get("id"), clid, 1_000));

        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo(clid);
        assertThat(account.conversation(phone).at("/metadata/ctwa_source_type").asText()).isEqualTo("ad");
        assertThat(captured()).isGreaterThan(before);
        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.convert(phone, "Purchase", "1").status()).isEqualTo(200);
    }

    @Test
    void theContactIsFoundByThePhoneInTheMessageIdWhereNothingElseNamesIt() {
        account.receive(Webhooks.click(phone, null, TestAccount.now() - 60));

        of.receive(AutomaticEvents.purchase(wamid(phone), clid, 1_000));

        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo(clid);
    }

    @Test
    void aContactWhoseReferralNeverCameGetsTheClickFromTheEvent() {
        account.receive(Webhooks.text(phone, TestAccount.now() - 60));

        of.receive(AutomaticEvents.purchase(wamid(phone), clid, 1_000));

        assertThat(account.clicks(phone).findValuesAsText("ctwa_clid")).containsExactly(clid);
    }

    @Test
    void aConversationThatHasAClickIdKeepsItAndTheEventsClickIsALaterOne() {
        account.receive(Webhooks.click(phone, "first-" + clid, TestAccount.now() - 60));
        String before = captured();

        of.receive(AutomaticEvents.purchase(wamid(phone), clid, 1_000));

        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo("first-" + clid);
        assertThat(captured()).isEqualTo(before);
        assertThat(account.clicks(phone).findValuesAsText("ctwa_clid")).containsExactly("first-" + clid, clid);
        assertThat(of.list()).hasSize(1);
    }

    @Test
    void aMessageThatComesAfterTheEventTellsItsClickTheAd() {
        account.receive(Webhooks.text(phone, TestAccount.now() - 60));
        of.receive(AutomaticEvents.purchase(wamid(phone), clid, 1_000));

        account.receive(Webhooks.click(phone, clid, TestAccount.now() - 50));

        JsonNode clicks = account.clicks(phone);
        assertThat(clicks).hasSize(1);
        assertThat(clicks.get(0).path("source_id").asText()).isNotEmpty();
    }

    @Test
    void anIdThatMessagesOfTwoContactsHaveNamesNeitherOfThem() {
        String id = "wamid.shared" + phone;
        String other = Webhooks.phone();
        for (String contact : List.of(phone, other)) {
            Map<String, Object> touch = Webhooks.click(contact, null, TestAccount.now() - 60);
            touch.put("id", id);
            account.receive(touch);
        }

        of.receive(AutomaticEvents.purchase(id, clid, 1_000));

        for (String contact : List.of(phone, other)) {
            assertThat(account.conversation(contact).at("/metadata/ctwa_clid").isMissingNode()).isTrue();
        }
    }

    @Test
    void aConversionThatWaitsForTheClickIsSentOnceTheEventBringsIt() {
        account.receive(Webhooks.click(phone, null, TestAccount.now() - 60));
        Reply parked = server.call("POST", "/api/v1/whatsapp/conversions", Map.of("accountId", account.id, "phoneE164", phone,
                "eventName", "Purchase", "value", 1, "currency", "USD", "eventId", "1"), "Prefer", "wait-for-click");
        assertThat(parked.status()).isEqualTo(202);

        of.receive(AutomaticEvents.purchase(wamid(phone), clid, 1_000));

        await().untilAsserted(() -> assertThat(server.call("GET", parked.header("Location"), null).json().path("status")
                .asText()).isEqualTo("delivered"));
    }

    @Test
    void ignoredEventsAreNotStoredButTheirClickIdIsUsed() {
        account.receive(Webhooks.click(phone, null, TestAccount.now() - 60));
        of.set("ignore");

        of.receive(AutomaticEvents.purchase(wamid(phone), clid, 1_000));

        assertThat(of.list()).isEmpty();
        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo(clid);
    }

    @Test
    void theSettingIsShownAndAnyOtherWordRefused() {
        assertThat(of.set("report").json().at("/metadata/automaticEvents").asText()).isEqualTo("report");
        assertThat(of.set("send").status()).isEqualTo(400);
    }

    @Test
    void oneThatCannotBeReadKeepsTheWebhookAndCostsItsNeighboursNothing() {
        Map<String, Object> odd = new LinkedHashMap<>(AutomaticEvents.purchase("wamid.o" + clid, clid, 1));
        odd.put("custom_data", Map.of("value", "1e999999999", "currency", List.of()));
        Map<String, Object> broken = Map.of("event_name", "Purchase");

        assertThat(of.receive(broken, odd, AutomaticEvents.purchase("wamid.p" + clid, clid, 1)).status()).isEqualTo(200);

        assertThat(of.list()).hasSize(2);
        assertThat(server.call("GET", "/api/v1/webhooks/quarantine?limit=1", null).body()).contains("own events could not be read");
    }

    @Test
    void oneOfAnUnknownNumberIsKept() {
        String number = "20" + Webhooks.unique();
        server.webhook(AutomaticEvents.webhook(number, AutomaticEvents.purchase("wamid.u", clid, 1)));

        assertThat(server.call("GET", "/api/v1/webhooks/quarantine?limit=1", null).body()).contains("no connected account has");
    }

    @Test
    void theListGoesOnPageByPage() {
        of.receive(AutomaticEvents.purchase("wamid.1" + clid, clid, 1), AutomaticEvents.purchase("wamid.2" + clid, clid, 1));
        of.receive(AutomaticEvents.purchase("wamid.3" + clid, clid, 1));
        String path = "/api/v1/automatic-events?limit=2&accountId=" + account.id;

        JsonNode first = server.call("GET", path, null).json();
        JsonNode second = server.call("GET", path + "&cursor=" + first.at("/pagination/nextCursor").asText(), null).json();

        assertThat(first.path("events")).hasSize(2);
        assertThat(second.path("events")).hasSize(1);
        assertThat(second.at("/pagination/hasMore").asBoolean()).isFalse();
    }

    private String captured() {
        return account.conversation(phone).at("/metadata/ctwa_captured_at").asText();
    }

    /** As WhatsApp makes them: a head, the phone, and more behind it. */
    private static String wamid(String phone) {
        String text = "\u001c\u0018" + (char) phone.length() + phone + "\u0015\u0002\u0000" + Webhooks.unique();
        return "wamid." + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Meta's own events of an account, as the test sends and sees them. */
    record AutomaticEvents(TestAccount account) {

        static Map<String, Object> purchase(String messageId, String clickId, Object thousandths) {
            Map<String, Object> event = new LinkedHashMap<>(Map.of("id", messageId, "event_name", "Purchase",
                    "timestamp", TestAccount.now() - 5, "custom_data", Map.of("currency", "USD", "value", thousandths)));
            if (clickId != null) {
                event.put("ctwa_clid", clickId);
            }
            return event;
        }

        static Map<String, Object> webhook(String number, Object... events) {
            return Webhooks.envelope(Map.of("field", "automatic_events", "value", Map.of("messaging_product", "whatsapp",
                    "metadata", Map.of("phone_number_id", number), "automatic_events", List.of(events))));
        }

        Reply receive(Object... events) {
            return account.server.webhook(webhook(account.phoneNumberId, events));
        }

        JsonNode list() {
            return account.server.call("GET", "/api/v1/automatic-events?accountId=" + account.id, null).json().path("events");
        }

        Reply set(String setting) {
            return account.server.call("PUT", "/api/v1/accounts/" + account.id,
                    Map.of("metadata", Map.of("automaticEvents", setting)));
        }
    }
}
