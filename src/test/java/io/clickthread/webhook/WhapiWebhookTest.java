package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.TestChannel;
import org.junit.jupiter.api.Test;

/** What is special to Whapi.Cloud's webhooks. */
class WhapiWebhookTest {

    private final PlayedProvider whapi = PlayedProvider.of("whapi");

    @Test
    void thePictureOfTheAdIsNotStored() {
        whapi.send(whapi.complete());

        String evidence = whapi.account.server.database().queryForObject("select evidence from click where account_id = ?",
                String.class, whapi.account.id);
        assertThat(evidence).contains("120212345678900000").doesNotContain("/9j/4AAQSkZJRg");
    }

    @Test
    void theEventMayBeAppendedToTheAddress() {
        assertThat(whapi.account.server.send("PATCH", whapi.channel.path + "/messages/patch", Server.json(whapi.complete()),
                "Content-Type", "application/json", "X-Webhook-Secret", TestChannel.SECRET).status()).isEqualTo(200);
        assertThat(whapi.clicks()).hasSize(1);
    }
}
