package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Hmacs;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import org.junit.jupiter.api.Test;

/** Vonage's inbound messages with values of our own. */
class VonageWebhookTest {

    private static final String REFERRAL = "{\"ctwa_clid\":\"ARAk-of-ours_1\",\"source_id\":\"120210000000000001\",\"source_type\":\"ad\","
            + "\"source_url\":\"https://fb.me/ours\",\"headline\":\"Chat with us\",\"body\":\"Ask away\",\"media_type\":\"image\"}";

    private final TestChannel channel = TestChannel.open(Server.shared(), "vonage", Webhooks.phone());
    private final TestAccount account = channel.account;
    private final String phone = Webhooks.phone();

    @Test
    void theDocumentedSampleIsCaptured() {
        assertThat(send(sample(REFERRAL)).status()).isEqualTo(200);

        isCaptured();
    }

    @Test
    void aWrongOrMissingSignatureIsRefusedAndStoresNothing() {
        assertThat(send(sample(REFERRAL), "HS256", TestAccount.now(), "other").status()).isEqualTo(401);
        assertThat(channel.post(sample(REFERRAL)).status()).isEqualTo(401);

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void theSameMessageBareAndThenWithItsAdIsOneClick() {
        send(sample("{}"));
        assertThat(account.clicks(phone)).isEmpty();
        send(sample(REFERRAL));
        send(sample(REFERRAL));

        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aBodyOfAnotherProviderIsKept() {
        assertThat(send(new String(Server.json(Webhooks.of("123", Webhooks.click(phone, "x", TestAccount.now()))),
                java.nio.charset.StandardCharsets.UTF_8)).status()).isEqualTo(200);

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isEqualTo(1);
    }

    @Test
    void valuesOfTheWrongTypeDoNoHarm() {
        for (String wrong : new String[] {"[]", "7", "null", "\"x\"", "{\"a\":[{}]}", "[[1],null]"}) {
            assertThat(send(wrong).status()).as(wrong).isEqualTo(200);
            assertThat(send(sample(wrong)).status()).as(wrong).isEqualTo(200);
            assertThat(send(sample(REFERRAL).replace("\"" + phone + "\"", wrong)).status()).as(wrong).isEqualTo(200);
            assertThat(send(sample(REFERRAL).replaceAll("\"2026[^\"]*\"", java.util.regex.Matcher.quoteReplacement(wrong))).status())
                    .as(wrong).isEqualTo(200);
        }
    }

    @Test
    void anOldTokenAndOneOfAnotherAlgorithmAreRefused() {
        String body = sample(REFERRAL);
        assertThat(send(body, "HS256", TestAccount.now() - 3_600, body).status()).isEqualTo(401);
        assertThat(send(body, "none", TestAccount.now(), body).status()).isEqualTo(401);
        assertThat(send(body, "RS256", TestAccount.now(), body).status()).isEqualTo(401);
        assertThat(account.conversation(phone)).isNull();
    }

    @Test
    void statusesAndOtherChannelsAreNoContacts() {
        send(sample(REFERRAL).replace("\"message_type\":\"text\"", "\"status\":\"delivered\""));
        send(sample(REFERRAL).replace("\"channel\":\"whatsapp\"", "\"channel\":\"sms\""));

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    private void isCaptured() {
        JsonNode click = account.clicks(phone).get(0);
        assertThat(click.path("ctwa_clid").asText()).isEqualTo("ARAk-of-ours_1");
        assertThat(click.path("source_id").asText()).isEqualTo("120210000000000001");
        assertThat(click.path("source_type").asText()).isEqualTo("ad");
        assertThat(click.path("source_url").asText()).isEqualTo("https://fb.me/ours");
        assertThat(click.path("headline").asText()).isEqualTo("Chat with us");
        assertThat(click.path("body").asText()).isEqualTo("Ask away");
        assertThat(click.path("media_type").asText()).isEqualTo("image");
        assertThat(click.path("clicked_at").asText()).isEqualTo("2026-11-01T10:00:00.000Z");
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo("Jane");
    }

    private Reply send(String body) {
        return send(body, "HS256", TestAccount.now(), body);
    }

    private Reply send(String body, String algorithm, long time, String hashed) {
        return channel.post(body, "Authorization", "Bearer " + Hmacs.token(algorithm, time, hashed));
    }

    private String sample(String referral) {
        return ("{\"channel\":\"whatsapp\",\"message_uuid\":\"aaaaaaaa-bbbb-4ccc-8ddd-%1$s\",\"to\":\"%2$s\",\"from\":\"%1$s\","
                + "\"timestamp\":\"2026-11-01T10:00:00Z\",\"profile\":{\"name\":\"Jane\"},\"message_type\":\"text\",\"text\":\"Hi\","
                + "\"whatsapp\":{\"referral\":%3$s}}").formatted(phone, channel.key, referral);
    }
}
