package io.clickthread.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.Server;
import io.clickthread.support.Signed;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A channel's secret is replaced without losing what the provider signs with the one before. */
class RotationTest {

    @Test
    void theOldSecretIsRefusedOnceTheOverlapIsOver() {
        Server server = Server.start(Map.of("clickthread.webhooks.secret-overlap", "1s"));
        try {
            TestChannel channel = TestChannel.open(server, "gowa", "628" + Webhooks.unique());
            change(channel, "the second, long enough");

            await().untilAsserted(() -> assertThat(signedWith(channel, TestChannel.SECRET)).isEqualTo(401));
            assertThat(signedWith(channel, "the second, long enough")).isEqualTo(200);
        } finally {
            server.stop();
        }
    }

    private static void change(TestChannel channel, String secret) {
        assertThat(channel.account.server.call("PUT", "/api/v1/accounts/" + channel.account.id + "/channels/" + channel.id,
                Map.of("secret", secret)).status()).isEqualTo(200);
    }

    private static int signedWith(TestChannel channel, String secret) {
        byte[] body = Server.json("{\"event\":\"message.ack\",\"payload\":{}}");
        return channel.post(body, "X-Hub-Signature-256", "sha256=" + Signed.hex("HmacSHA256", body, secret)).status();
    }
}
