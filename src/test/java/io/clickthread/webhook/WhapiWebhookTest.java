package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import org.junit.jupiter.api.Test;

/** Whapi.Cloud's webhooks, as its API description 1.8.5 has them, with values of our own. */
class WhapiWebhookTest {

    private final TestChannel channel = TestChannel.open(Server.shared(), "whapi", "MANTIS-" + Webhooks.unique());
    private final TestAccount account = channel.account;
    private final String phone = Webhooks.phone();

    @Test
    void anAdClickIsCapturedFromContextAd() {
        assertThat(channel.send(sample("ARAkLk-" + phone)).status()).isEqualTo(200);

        JsonNode click = account.clicks(phone).get(0);
        assertThat(click.path("ctwa_clid").asText()).isEqualTo("ARAkLk-" + phone);
        assertThat(click.path("source_id").asText()).isEqualTo("120212345678900000");
        assertThat(click.path("source_type").asText()).isEqualTo("ad");
        assertThat(click.path("source_url").asText()).isEqualTo("https://fb.me/abc");
        assertThat(click.path("headline").asText()).isEqualTo("Chat with us");
        assertThat(click.path("body").asText()).isEqualTo("Summer sale");
        assertThat(click.path("media_type").asText()).isEqualTo("video");
        assertThat(click.path("clicked_at").asText()).isEqualTo("2024-04-13T08:00:45.000Z");
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo("John");
    }

    @Test
    void thePictureOfTheAdIsNotStored() {
        channel.send(sample("ARAkLk-" + phone));

        String evidence = account.server.database().queryForObject("select evidence from click where account_id = ?",
                String.class, account.id);
        assertThat(evidence).contains("120212345678900000").doesNotContain("/9j/4AAQSkZJRg");
    }

    @Test
    void aWrongSecretIsRefusedAndNothingIsStored() {
        assertThat(channel.post(sample("x"), "X-Webhook-Secret", "wrong").status()).isEqualTo(401);
        assertThat(channel.post(sample("x")).status()).isEqualTo(401);
        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void theSameMessageFirstBareAndThenWithItsAdIsCompleted() {
        channel.send(sample("x").replaceAll("(?s)\"context\":.*?\"delay\":5}},", ""));
        assertThat(account.clicks(phone)).isEmpty();

        channel.send(sample("c-" + phone));
        channel.send(sample("c-" + phone));
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void oneUnreadableMessageCostsNoNeighbour() {
        channel.send(sample("c-" + phone).replace("{\"messages\":[", "{\"messages\":[null,{\"id\":[],\"chat_id\":7,\"from_me\":\"no\","
                + "\"context\":{\"ad\":3}},"));

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(channel.quarantined()).isEqualTo(1);
    }

    @Test
    void theEventMayBeAppendedToTheAddress() {
        assertThat(account.server.send("PATCH", channel.path + "/messages/patch", Server.json(sample("c-" + phone)), "Content-Type",
                "application/json", "X-Webhook-Secret", TestChannel.SECRET).status()).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void whatTheBusinessItselfWritesAndWhatGroupsWriteIsNoContact() {
        channel.send(sample("x").replace("\"from_me\":false", "\"from_me\":true"));
        channel.send(sample("x").replace(phone + "@s.whatsapp.net", "120363194291234567@g.us"));

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void aBodyOfAnotherProviderIsKept() {
        channel.send(Webhooks.of("123", Webhooks.click(phone, "x", TestAccount.now())));

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isEqualTo(1);
    }

    private String sample(String clickId) {
        return """
                {"messages":[{"id":"PsqXn5SAD5v7HRA-%s","from_me":false,"type":"text","chat_id":"%s@s.whatsapp.net",
                 "timestamp":1712995245,"source":"mobile","text":{"body":"Hello! Can I get more info on this?"},
                 "context":{"ad":{"title":"Chat with us","body":"Summer sale","media_type":"video","preview":"/9j/4AAQSkZJRg==",
                   "preview_url":"https://scontent.example/p","media_url":"https://www.facebook.com/reel/1",
                   "source":{"id":"120212345678900000","type":"ad","url":"https://fb.me/abc"},
                   "auto_reply":true,"attrib":true,"ctwa":"%s","ref":""},
                  "conversion":{"source":"FB_Ads","data":"QWZm","delay":5}},
                 "from":"%s","from_name":"John"}],
                 "event":{"type":"messages","event":"post"},"channel_id":"%s"}""".formatted(phone, phone, clickId, phone, channel.key);
    }
}
