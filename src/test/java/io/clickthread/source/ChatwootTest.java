package io.clickthread.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.security.HmacSha256;
import io.clickthread.support.MetaEvents;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels and resolved conversations of Chatwoot are conversions, each once. */
class ChatwootTest {

    private static final HmacSha256 HMAC = new HmacSha256(Server.SOURCE_SECRET);

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.demo(server);
    private final String id = Webhooks.unique();
    private final String clickId = "ARAk-" + id;

    @Test
    void aLabelThatIsAddedIsAnEventOnceHoweverOftenItIsSet() {
        String phone = account.clicked(clickId);
        assertThat(post(labels(phone, List.of(), List.of("lead", "vip"))).json().path("conversions").asInt()).isEqualTo(1);
        assertThat(post(labels(phone, List.of("vip"), List.of("lead"))).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(events()).containsExactly("LeadSubmitted"));
        assertThat(server.database().queryForObject("select count(*) from conversion where event_id like ?", Integer.class,
                "chatwoot-3-" + id + "-%")).isEqualTo(1);
    }

    @Test
    void severalLabelsAddedAtOnceAreAsManyEvents() {
        String phone = account.clicked(clickId);
        assertThat(post(labels(phone, List.of("lead"), List.of("lead", "qualified", "won"))).json().path("conversions")
                .asInt()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(events()).containsExactlyInAnyOrder("QualifiedLead", "Purchase"));
        JsonNode sale = MetaEvents.of(server, clickId).stream()
                .filter(event -> event.path("event_name").asText().equals("Purchase")).findFirst().orElseThrow();
        assertThat(sale.at("/custom_data/value").decimalValue()).isEqualByComparingTo("250.50");
        assertThat(sale.at("/custom_data/currency").asText()).isEqualTo("BRL");
    }

    @Test
    void aResolvedConversationIsTheEventOfTheSetting() {
        String phone = account.clicked(clickId);
        Map<String, Object> resolved = conversation("conversation_status_changed", phone);
        resolved.put("status", "resolved");
        assertThat(post(resolved).json().path("conversions").asInt()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(events()).containsExactly("OrderCreated"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"message_created", "conversation_created", "conversation_status_changed", "new_in_chatwoot"})
    void whatIsNoConversionIsAnsweredAndNotKept(String event) {
        int kept = quarantined();
        Reply reply = post(conversation(event, Webhooks.phone()));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("conversions").asInt()).isZero();
        assertThat(quarantined()).isEqualTo(kept);
    }

    @Test
    void aLabelThatIsTakenAwayOrHasNoEventIsNoConversion() {
        String phone = account.clicked(clickId);
        assertThat(post(labels(phone, List.of("lead", "won"), List.of("won"))).json().path("conversions").asInt()).isZero();
        assertThat(post(labels(phone, List.of(), List.of("vip"))).json().path("conversions").asInt()).isZero();
    }

    @Test
    void theLabelOfAContactWithoutAnAdIsKept() {
        int kept = quarantined();
        Reply reply = post(labels(Webhooks.phone(), List.of(), List.of("lead", "won")));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("reason").asText()).isNotEmpty();
        assertThat(quarantined()).isEqualTo(kept + 1);
    }

    @Test
    void aLabelOnAContactWithoutAPhoneFindsTheAdThatChatwootTold() throws Exception {
        JsonNode one = Server.JSON.readTree(java.nio.file.Files.readString(
                java.nio.file.Path.of("src/test/resources/cases/18-chatwoot-contact-without-phone.json")
                ).replace("@ISOZ-60@", java.time.Instant.now().minusSeconds(60).toString())
                .replace("@NOW-10@", Long.toString(TestAccount.now() - 10)).replace("1092700000000018", "10927" + id)
                .replace("718", id).replace("418", id).replace("ARbug18cw", clickId).replace("wamid.BUG18", "wamid." + id)
                .replace("18001", id));
        TestChannel channel = TestChannel.open(account, "chatwoot", id, null);
        byte[] message = Server.json(one.path("channel").toString().replace("\"inbox\":{\"id\":3", "\"inbox\":{\"id\":" + id));
        long now = TestAccount.now();
        assertThat(channel.post(message, "X-Chatwoot-Timestamp", "" + now, "X-Chatwoot-Signature", "sha256=" + HexFormat.of()
                .formatHex(new HmacSha256(TestChannel.SECRET).sign((now + ".").getBytes(StandardCharsets.UTF_8), message))).status())
                .isEqualTo(200);

        Reply reply = post(one.path("source"));

        assertThat(reply.json().path("conversions").asInt()).as(reply.body()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(events()).containsExactly("Purchase"));
    }

    @Test
    void aLabelThatIsSetAgainIsTheSameSaleAndWithAnotherAmountAContradiction() {
        String phone = account.clicked(clickId);
        Map<String, Object> won = labels(phone, List.of(), List.of("won"));
        won.put("updated_at", TestAccount.now() - 100);
        assertThat(post(won).json().path("conversions").asInt()).isEqualTo(1);
        won.put("updated_at", TestAccount.now() - 10);
        assertThat(post(won).json().has("reason")).isFalse();
        won.put("custom_attributes", Map.of("value", 300, "currency", "brl"));
        assertThat(post(won).json().path("reason").asText()).contains("'value' differs");
        await().untilAsserted(() -> assertThat(events()).containsExactly("Purchase"));
    }

    @Test
    void aLabelFindsTheContactByTheUserIdThatItsInboxKnows() {
        Map<String, Object> click = Webhooks.click("", clickId, TestAccount.now());
        click.remove("from");
        click.put("from_user_id", "BR.10927" + id);
        account.receive(click);
        Map<String, Object> updated = labels(null, List.of(), List.of("lead"));
        updated.put("meta", Map.of("sender", Map.of("id", 7, "name", "Kim", "email", "kim@example.com")));
        updated.put("contact_inbox", Map.of("id", 8, "contact_id", 7, "source_id", "BR.10927" + id));
        assertThat(post(updated).json().path("conversions").asInt()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(events()).containsExactly("LeadSubmitted"));
    }

    @ParameterizedTest
    @CsvSource({"Channel::Whatsapp, %s", "Channel::TwilioSms, whatsapp:+%s"})
    void aLabelFindsTheContactByTheNumberThatItsInboxKnows(String channel, String written) {
        String phone = account.clicked(clickId);
        Map<String, Object> updated = labels(null, List.of(), List.of("lead"));
        updated.put("channel", channel);
        updated.put("meta", Map.of("sender", Map.of("id", 7, "name", "Kim")));
        updated.put("contact_inbox", Map.of("id", 8, "contact_id", 7, "source_id", written.formatted(phone)));
        assertThat(post(updated).json().path("conversions").asInt()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(events()).containsExactly("LeadSubmitted"));
    }

    @Test
    void theIdOfAnotherKindOfInboxIsNoPhone() {
        String phone = account.clicked(clickId);
        Map<String, Object> updated = labels(null, List.of(), List.of("lead"));
        updated.put("channel", "Channel::Telegram");
        updated.put("meta", Map.of("sender", Map.of("id", 7, "name", "Kim")));
        updated.put("contact_inbox", Map.of("id", 8, "contact_id", 7, "source_id", phone));
        assertThat(post(updated).json().path("conversions").asInt()).isZero();
    }

    @Test
    void anOldTimestampAWrongSignatureOrNoneIsRefused() {
        byte[] body = Server.json(conversation("conversation_updated", Webhooks.phone()));
        long now = TestAccount.now();
        assertThat(send(body, String.valueOf(now), signature(now, body)).status()).isEqualTo(200);
        assertThat(send(body, String.valueOf(now - 290), signature(now - 290, body)).status()).isEqualTo(200);
        assertThat(send(body, String.valueOf(now - 310), signature(now - 310, body)).status()).isEqualTo(401);
        assertThat(send(body, String.valueOf(now + 310), signature(now + 310, body)).status()).isEqualTo(401);
        assertThat(send(body, String.valueOf(now), signature(now - 1, body)).status()).isEqualTo(401);
        assertThat(send(body, "now", signature(now, body)).status()).isEqualTo(401);
        assertThat(send(body, String.valueOf(now), "sha256=00").status()).isEqualTo(401);
        assertThat(send(body, String.valueOf(now), "sha256=none").status()).isEqualTo(401);
        assertThat(server.send("POST", "/sources/chatwoot", body, "Content-Type", "application/json").status())
                .isEqualTo(401);
    }

    private List<String> events() {
        return MetaEvents.of(server, clickId).stream().map(event -> event.path("event_name").asText()).toList();
    }

    private Map<String, Object> labels(String phone, List<String> before, List<String> after) {
        Map<String, Object> updated = conversation("conversation_updated", phone);
        updated.put("labels", after);
        updated.put("changed_attributes", List.of(Map.of("updated_at", Map.of()),
                Map.of("label_list", Map.of("previous_value", before, "current_value", after))));
        return updated;
    }

    private Map<String, Object> conversation(String event, String phone) {
        Map<String, Object> conversation = new LinkedHashMap<>();
        conversation.put("event", event);
        conversation.put("id", Long.parseLong(id));
        conversation.put("inbox_id", 3);
        conversation.put("status", "open");
        conversation.put("meta", Map.of("sender", Map.of("id", 7, "name", "Ada", "phone_number", phone == null ? "" : "+" + phone)));
        conversation.put("custom_attributes", Map.of("value", 250.50, "currency", "brl"));
        conversation.put("updated_at", TestAccount.now() + 0.25);
        return conversation;
    }

    private Reply post(Object webhook) {
        byte[] body = Server.json(webhook);
        long now = TestAccount.now();
        return send(body, String.valueOf(now), signature(now, body));
    }

    private Reply send(byte[] body, String timestamp, String signature) {
        return server.send("POST", "/sources/chatwoot", body, "Content-Type", "application/json",
                "X-Chatwoot-Timestamp", timestamp, "X-Chatwoot-Signature", signature);
    }

    private int quarantined() {
        return server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class);
    }

    private static String signature(long timestamp, byte[] body) {
        return "sha256=" + HexFormat.of().formatHex(HMAC.sign((timestamp + ".").getBytes(StandardCharsets.UTF_8), body));
    }
}
