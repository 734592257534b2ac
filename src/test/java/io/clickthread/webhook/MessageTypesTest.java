package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A click is found on whatever message brings it. */
class MessageTypesTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = Webhooks.phone();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "text        | {'body': 'secret words of a person'}",
        "image       | {'caption': 'c', 'mime_type': 'image/jpeg', 'sha256': 's', 'id': '1', 'url': 'https://x'}",
        "video       | {'mime_type': 'video/mp4', 'sha256': 's', 'id': '1'}",
        "audio       | {'mime_type': 'audio/ogg', 'sha256': 's', 'id': '1', 'voice': true}",
        "document    | {'filename': 'a.pdf', 'mime_type': 'application/pdf', 'sha256': 's', 'id': '1'}",
        "sticker     | {'mime_type': 'image/webp', 'sha256': 's', 'id': '1', 'animated': false}",
        "location    | {'latitude': 1.5, 'longitude': -2.5, 'name': 'n'}",
        "contacts    | [{'name': {'formatted_name': 'n'}, 'phones': [{'phone': '1', 'wa_id': '1'}]}]",
        "interactive | {'type': 'button_reply', 'button_reply': {'id': '1', 'title': 't'}}",
        "button      | {'payload': 'p', 'text': 't'}",
        "order       | {'catalog_id': '1', 'text': 't', 'product_items': [{'quantity': 2, 'item_price': 30}]}",
        "reaction    | {'message_id': 'wamid.1', 'emoji': 'x'}",
        "unsupported | {'type': 'unknown'}",
        "edit        | {'original_message_id': 'wamid.1', 'message': {'type': 'text', 'text': {'body': 'b'}}}",
        "revoke      | {'original_message_id': 'wamid.1'}",
        "new_in_2031 | {'anything': [1, 2, {'deep': null}]}"})
    void aReferralIsFoundOnEveryType(String type, String content) throws Exception {
        Map<String, Object> message = Webhooks.click(phone, "clid-" + phone, TestAccount.now());
        message.remove("text");
        message.put("type", type);
        message.put(type, Server.JSON.readTree(content.replace('\'', '"')));

        assertThat(account.receive(message).status()).isEqualTo(200);

        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo("clid-" + phone);
    }

    @Test
    void everyFieldOfTheReferralIsShownUnderItsName() {
        long now = TestAccount.now();
        Map<String, Object> message = Webhooks.click(phone, "clid-" + phone, now);
        account.receive(message);

        JsonNode metadata = account.conversation(phone).path("metadata");
        assertThat(metadata.path("ctwa_source_id").asText()).isEqualTo("120226305854810726");
        assertThat(metadata.path("ctwa_source_type").asText()).isEqualTo("ad");
        assertThat(metadata.path("ctwa_source_url").asText()).isEqualTo("https://fb.me/3cr4Wqqkv");
        assertThat(metadata.path("ctwa_headline").asText()).isEqualTo("Chat with us");
        assertThat(metadata.fieldNames()).toIterable().containsExactlyInAnyOrder("ctwa_clid", "ctwa_source_id",
                "ctwa_source_type", "ctwa_source_url", "ctwa_headline", "ctwa_captured_at");
        JsonNode click = account.clicks(phone).get(0);
        assertThat(click.path("message_id").asText()).isEqualTo(message.get("id"));
        assertThat(click.path("media_type").asText()).isEqualTo("image");
        assertThat(click.path("body").asText()).isEqualTo("Summer succulents are here!");
        assertThat(java.time.Instant.parse(click.path("clicked_at").asText()).getEpochSecond()).isEqualTo(now);
    }

    @Test
    void aThousandMessagesInOneWebhookAreAllCaptured() {
        List<String> phones = IntStream.range(0, 1_000).mapToObj(i -> Webhooks.phone()).toList();
        Object[] messages = phones.stream().map(p -> Webhooks.click(p, "clid-" + p, TestAccount.now())).toArray();

        assertThat(account.receive(messages).status()).isEqualTo(200);

        assertThat(server.database().queryForObject("select count(distinct ctwa_clid) from click where account_id = ?",
                Integer.class, account.id)).isEqualTo(1_000);
    }

    @Test
    void namesAndHeadlinesKeepEveryScriptHoweverTheyAreEscaped() {
        String headline = "Zn\u00fcni caf\u00e9 \ud83d\ude00 \u0645\u0631\u062d\u0628\u0627 a/b <&>\"'";
        Map<String, Object> message = Webhooks.click(phone, "clid-" + phone, TestAccount.now());
        ((Map<String, Object>) message.get("referral")).put("headline", headline);
        String json = new String(Server.json(Webhooks.of(account.phoneNumberId, message)), StandardCharsets.UTF_8);
        StringBuilder escaped = new StringBuilder();
        for (char c : json.toCharArray()) {
            escaped.append(c > 126 ? String.format("\\u%04x", (int) c) : c == '/' ? "\\/" : String.valueOf(c));
        }

        assertThat(server.webhook(escaped.toString()).status()).isEqualTo(200);

        assertThat(account.conversation(phone).at("/metadata/ctwa_headline").asText()).isEqualTo(headline);
    }

    @Test
    void messagesOfSeveralNumbersInOneWebhookReachTheirAccounts() {
        TestAccount other = TestAccount.connect(server);
        String otherPhone = Webhooks.phone();
        Map<String, Object> both = Map.of("object", "whatsapp_business_account", "entry", List.of(
                entry(account, Webhooks.click(phone, "a-" + phone, TestAccount.now())),
                entry(other, Webhooks.click(otherPhone, "b-" + phone, TestAccount.now()))));

        assertThat(server.webhook(both).status()).isEqualTo(200);

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(other.clicks(otherPhone)).hasSize(1);
        assertThat(other.conversation(phone)).isNull();
    }

    @Test
    void whatIsNoMessageIsAnsweredAndNothingIsKept() {
        Map<String, Object> number = Map.of("display_phone_number", "1", "phone_number_id", account.phoneNumberId);
        List<Object> changes = new ArrayList<>();
        changes.add(Map.of("field", "messages", "value", Map.of("metadata", number, "statuses",
                List.of(Map.of("id", "wamid.1", "status", "delivered", "timestamp", "1", "recipient_id", phone)))));
        changes.add(Map.of("field", "messages", "value", Map.of("metadata", number, "errors", List.of(Map.of("code", 1)))));
        changes.add(Map.of("field", "messages", "value", Map.of("metadata", number, "user_actions", List.of())));
        changes.add(Map.of("field", "account_update", "value", "text"));
        changes.add(Map.of("field", "messages", "value",
                Map.of("metadata", number, "messages", List.of(), "unknown", "a text")));
        int kept = quarantined();

        assertThat(server.webhook(Webhooks.envelope(changes.toArray())).status()).isEqualTo(200);

        assertThat(quarantined()).isEqualTo(kept);
        assertThat(account.conversation(phone)).isNull();
    }

    @Test
    void systemMessagesThatChangeNobodyAreIgnored() {
        Map<String, Object> system = Webhooks.text(phone, TestAccount.now());
        system.put("type", "system");
        system.put("system", Map.of("body", "b", "type", "customer_identity_changed"));
        int kept = quarantined();

        assertThat(account.receive(system).status()).isEqualTo(200);

        assertThat(account.conversation(phone)).isNull();
        assertThat(quarantined()).isEqualTo(kept);
    }

    private static Map<String, Object> entry(TestAccount account, Map<String, Object> message) {
        return ((List<Map<String, Object>>) Webhooks.of(account.phoneNumberId, message).get("entry")).get(0);
    }

    private int quarantined() {
        return server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class);
    }
}
