package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Meta's webhooks that somebody passes on: unchanged, with a field of their own, or in an envelope. */
class PassthroughWebhookTest {

    private final Server server = Server.shared();
    private final String key = "30" + Webhooks.unique();
    private final String phone = Webhooks.phone();
    private final Map<String, Object> webhook = Webhooks.of(key, Webhooks.click(phone, "clid-" + phone, TestAccount.now()));

    @ParameterizedTest
    @ValueSource(strings = {"360dialog", "gupshup", "passthrough"})
    void metasOwnSignatureIsAnotherSecret(String provider) {
        TestChannel channel = TestChannel.open(server, provider, key);

        assertThat(channel.post(webhook, "X-Hub-Signature-256", Webhooks.signature(Server.json(webhook), Server.APP_SECRET))
                .status()).isEqualTo(401);
        assertThat(channel.account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void anEnvelopeOf8x8IsOpened() {
        assertIsRead(Map.of("eventType", "chat", "eventDetails", Map.of("rawEvent", webhook)));
    }

    @Test
    void anEnvelopeOfAwsIsOpenedWhetherANotificationIsAroundItOrNot() {
        Object entry = ((List<?>) webhook.get("entry")).get(0);
        String inner = text(Map.of("aws_account_id", "1", "whatsAppWebhookEntry", text(entry)));

        assertIsRead(Map.of("Type", "Notification", "Message", inner));
        assertIsRead(inner);
    }

    @Test
    void anEnvelopeWithSomethingElseInItIsKept() {
        TestChannel channel = TestChannel.open(server, "passthrough", key);
        for (Object body : List.of(Map.of("Message", "{broken"), Map.of("Message", "1e9999999999"), Map.of("eventDetails", 1),
                Map.of("whatsAppWebhookEntry", "[]"))) {
            assertThat(channel.send(body).status()).isEqualTo(200);
        }
        assertThat(channel.quarantined()).isEqualTo(4);
    }

    private void assertIsRead(Object body) {
        TestChannel channel = TestChannel.open(server, "passthrough", key + "-" + Webhooks.unique());
        assertThat(channel.send(body).status()).isEqualTo(200);
        assertThat(channel.account.clicks(phone)).hasSize(1);
    }

    private static String text(Object body) {
        return new String(Server.json(body), StandardCharsets.UTF_8);
    }
}
