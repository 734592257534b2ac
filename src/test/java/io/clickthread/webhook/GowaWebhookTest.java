package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.Signed;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The webhooks of go-whatsapp-web-multidevice, as its docs/webhook-payload.md has them, with values of our own. */
class GowaWebhookTest {

    private final String own = "628" + Webhooks.unique() + "@s.whatsapp.net";
    private final TestChannel channel = TestChannel.open(Server.shared(), "gowa", own);
    private final TestAccount account = channel.account;
    private final String phone = Webhooks.phone();

    @Test
    void anAdClickIsCapturedFromTheReferral() {
        assertThat(send(sample("ARAgo-" + phone)).status()).isEqualTo(200);

        JsonNode click = account.clicks(phone).get(0);
        assertThat(click.path("ctwa_clid").asText()).isEqualTo("ARAgo-" + phone);
        assertThat(click.path("source_id").asText()).isEqualTo("120215551234560000");
        assertThat(click.path("source_type").asText()).isEqualTo("ad");
        assertThat(click.path("source_url").asText()).isEqualTo("https://fb.me/go1");
        assertThat(click.path("headline").asText()).isEqualTo("Chat with us");
        assertThat(click.path("body").asText()).isEqualTo("Winter sale");
        assertThat(click.path("media_type").asText()).isEqualTo("video");
        assertThat(click.path("clicked_at").asText()).isEqualTo("2026-02-03T10:30:00.000Z");
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo("Jo Doe");
    }

    @Test
    void theChatMayBeWrittenAsTheBusinessesOwnNumberAndJoinsNobody() {
        String other = Webhooks.phone();
        send(sample("one-" + phone));
        send(sample("two-" + phone).replace(phone, other));

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.clicks(other)).hasSize(1);
    }

    @Test
    void whoHidesTheNumberIsKnownByTheLinkedId() {
        send(sample("c-" + phone).replace(phone + "@s.whatsapp.net", "77" + phone + "@lid"));
        assertThat(account.clicks("77" + phone)).hasSize(1);

        send(sample("c-" + phone));
        assertThat(account.clicks("77" + phone)).as("the number came later").hasSize(1);
        assertThat(account.convert("+" + phone, "LeadSubmitted", "lead-" + phone).status()).as("and finds the click").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s in %s", "%s:17 in %s"})
    void theSenderMayBeWrittenWithTheChat(String from) {
        String jid = phone + "@s.whatsapp.net";
        send(sample("c-" + phone).replace("\"from\":\"" + jid, "\"from\":\"" + String.format(from, jid, jid)
                .replace("@s.whatsapp.net:17", ":17@s.whatsapp.net")));

        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aWrongOrMissingSignatureIsRefusedAndNothingIsStored() {
        byte[] body = Server.json(sample("x"));

        assertThat(channel.post(body).status()).isEqualTo(401);
        assertThat(channel.post(body, "X-Webhook-Secret", TestChannel.SECRET).status()).isEqualTo(401);
        assertThat(channel.post(body, "X-Hub-Signature-256", "sha256=" + Signed.hex("HmacSHA256", body, "secret")).status())
                .as("GOWA's default").isEqualTo(401);
        assertThat(channel.post(body, "X-Hub-Signature-256", Signed.hex("HmacSHA256", body, TestChannel.SECRET)).status())
                .as("without sha256=").isEqualTo(401);
        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void theSameMessageFirstBareAndThenWithItsAdIsCompleted() {
        send(sample("c").replaceAll("\"referral\":\\{[^}]*}", "\"forwarded\":false"));
        assertThat(account.clicks(phone)).isEmpty();

        send(sample("c-" + phone));
        send(sample("c-" + phone));
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void ownMessagesGroupsAndReceiptsAreNoContacts() {
        send(sample("x").replace("\"is_from_me\":false", "\"is_from_me\":true"));
        send(sample("x").replace("\"chat_id\":\"" + own, "\"chat_id\":\"120363402106@g.us"));
        send(sample("x").replace("\"from\":\"" + phone + "@s.whatsapp.net", "\"from\":\"" + phone + "@s.whatsapp.net in 12036@g.us"));
        for (String event : new String[] {"message.ack", "message.reaction", "message.revoked", "message.deleted"}) {
            send(sample("x").replace("\"event\":\"message\"", "\"event\":\"" + event + "\""));
        }

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"object\":\"whatsapp_business_account\",\"entry\":[]}", "[]", "7", "null", "{", "\"message\"",
        "{\"event\":\"messages.upsert\",\"instance\":\"a\",\"data\":{}}", "{\"event\":\"message\",\"payload\":{}}",
        "{\"event\":\"message\",\"payload\":{\"id\":\"1\",\"from\":[],\"timestamp\":{}}}",
        "{\"event\":\"message\",\"payload\":{\"id\":\"1\",\"from\":\"628123456789@s.whatsapp.net\",\"referral\":[1]}}",
        "{\"event\":\"message\",\"payload\":{\"id\":\"1\",\"from\":\"628123456789@s.whatsapp.net\",\"referral\":{\"ctwa_clid\":{}}}}"})
    void whatIsNoneOfItsMessagesIsKept(String body) {
        assertThat(send(body).status()).isEqualTo(200);

        assertThat(channel.quarantined()).isEqualTo(1);
        assertThat(account.conversation("628123456789")).isNull();
    }

    private String sample(String clickId) {
        return """
                {"event":"message","device_id":"%s","payload":{"id":"3EB0%s","chat_id":"%s","from":"%s@s.whatsapp.net",
                 "from_lid":"77%s@lid","from_name":"Jo Doe","timestamp":"2026-02-03T10:30:00Z","is_from_me":false,"body":"Hi",
                 "referral":{"ctwa_clid":"%s","source_url":"https://fb.me/go1","source_id":"120215551234560000","ref":"",
                  "source_app":"facebook","media_type":"VIDEO","ad_title":"Chat with us","ad_body":"Winter sale",
                  "thumbnail_url":"https://scontent.example/t","show_ad_attribution":true,"contains_auto_reply":false,
                  "source_type":"ad","ad_type":"CTWA"}}}""".formatted(own, phone, own, phone, phone, clickId);
    }

    private Reply send(String body) {
        return channel.post(body, "X-Hub-Signature-256",
                "sha256=" + Signed.hex("HmacSHA256", Server.json(body), TestChannel.SECRET));
    }
}
