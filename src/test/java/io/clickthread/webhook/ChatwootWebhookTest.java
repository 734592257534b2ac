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

/** Chatwoot's webhook of a message, with values of our own. */
class ChatwootWebhookTest {

    private static final String REFERRAL = "{\"ctwa_clid\":\"ARAk-of-ours_1\",\"source_id\":\"120210000000000001\",\"source_type\":\"ad\","
            + "\"source_url\":\"https://fb.me/ours\",\"headline\":\"Chat with us\",\"body\":\"Ask away\",\"media_type\":\"image\"}";

    private final TestChannel channel = TestChannel.open(Server.shared(), "chatwoot", Webhooks.unique());
    private final TestAccount account = channel.account;
    private final String phone = Webhooks.phone();

    @Test
    void theDocumentedSampleIsCaptured() {
        assertThat(send(sample(REFERRAL)).status()).isEqualTo(200);

        isCaptured();
    }

    @Test
    void aWrongOrMissingSignatureIsRefusedAndStoresNothing() {
        assertThat(send(sample(REFERRAL), TestAccount.now(), "other").status()).isEqualTo(401);
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
    void anOldOrForgedTimeIsRefused() {
        String body = sample(REFERRAL);
        assertThat(send(body, TestAccount.now() - 3_600, body).status()).isEqualTo(401);
        assertThat(channel.post(body, "X-Chatwoot-Timestamp", "soon", "X-Chatwoot-Signature",
                "sha256=" + Hmacs.hex("HmacSHA256", "soon." + body)).status()).isEqualTo(401);
        assertThat(account.conversation(phone)).isNull();
    }

    @Test
    void answersPrivateNotesAndOtherEventsAreNoContacts() {
        send(sample(REFERRAL).replace("\"incoming\"", "\"outgoing\""));
        send(sample(REFERRAL).replace("\"incoming\"", "1"));
        send(sample(REFERRAL).replace("\"content\":\"Hi\"", "\"private\":true"));
        send(sample("{}").replace("message_created", "conversation_updated"));

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void anAdInAnEventThatIsNotReadIsKept() {
        send(sample(REFERRAL).replace("message_created", "message_of_a_new_kind"));

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isEqualTo(1);
    }

    @Test
    void typeAndTimeMayBeNumbers() {
        send(sample(REFERRAL).replace("\"incoming\"", "0").replace("\"2026-11-01T10:00:00Z\"", "1793527200"));

        isCaptured();
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
        return send(body, TestAccount.now(), body);
    }

    private Reply send(String body, long time, String signed) {
        return channel.post(body, "X-Chatwoot-Timestamp", Long.toString(time), "X-Chatwoot-Signature",
                "sha256=" + Hmacs.hex("HmacSHA256", time + "." + signed));
    }

    private String sample(String referral) {
        return ("{\"event\":\"message_created\",\"id\":%1$s,\"content\":\"Hi\",\"message_type\":\"incoming\",\"source_id\":\"wamid.%1$s\","
                + "\"created_at\":\"2026-11-01T10:00:00Z\",\"content_attributes\":{\"referral\":%3$s},\"sender\":{\"id\":7,\"name\":\"Jane\","
                + "\"phone_number\":\"+%1$s\"},\"conversation\":{\"id\":42},\"inbox\":{\"id\":%2$s},\"account\":{\"id\":1}}")
                .formatted(phone, channel.key, referral);
    }
}
