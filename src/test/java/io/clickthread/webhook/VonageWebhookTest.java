package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Hmacs;
import io.clickthread.support.TestAccount;
import org.junit.jupiter.api.Test;

/** What is special to Vonage's webhooks. */
class VonageWebhookTest {

    private final PlayedProvider vonage = PlayedProvider.of("vonage");

    @Test
    void anOldTokenAndOneOfAnotherAlgorithmAreRefused() {
        assertThat(send("HS256", TestAccount.now() - 3_600)).isEqualTo(401);
        assertThat(send("none", TestAccount.now())).isEqualTo(401);
        assertThat(send("RS256", TestAccount.now())).isEqualTo(401);
        vonage.storedNothing();
    }

    private int send(String algorithm, long time) {
        return vonage.channel.post(vonage.complete(), "Authorization", "Bearer " + Hmacs.token(algorithm, time, vonage.complete()))
                .status();
    }
}
