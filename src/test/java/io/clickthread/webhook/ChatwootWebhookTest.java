package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Hmacs;
import io.clickthread.support.TestAccount;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is special to Chatwoot's webhooks. */
class ChatwootWebhookTest {

    private final PlayedProvider chatwoot = PlayedProvider.of("chatwoot");

    @Test
    void anOldOrForgedTimeIsRefused() {
        assertThat(sendAt(Long.toString(TestAccount.now() - 3_600))).isEqualTo(401);
        assertThat(sendAt("soon")).isEqualTo(401);
        assertThat(chatwoot.account.conversation(chatwoot.phone)).isNull();
    }

    @Test
    void anAdInAnEventThatIsNotReadIsKept() {
        chatwoot.send(chatwoot.changed(chatwoot.complete(), Map.of("message_created", "message_of_a_new_kind")));

        assertThat(chatwoot.account.conversation(chatwoot.phone)).isNull();
        assertThat(chatwoot.channel.quarantined()).isEqualTo(1);
    }

    @Test
    void typeAndTimeMayBeNumbers() {
        chatwoot.send(chatwoot.changed(chatwoot.complete(), Map.of("\"incoming\"", "0", "\"2026-11-01T10:00:00Z\"", "1793527200")));

        chatwoot.isCaptured();
    }

    private int sendAt(String time) {
        String body = chatwoot.complete();
        return chatwoot.channel.post(body, "X-Chatwoot-Timestamp", time, "X-Chatwoot-Signature",
                "sha256=" + Hmacs.hex("HmacSHA256", time + "." + body)).status();
    }
}
