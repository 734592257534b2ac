package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Hmacs;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special to WAHA's webhooks: what each of its engines puts into {@code _data}. */
class WahaWebhookTest {

    private static final String AD = """
            {"title":"Chat with us","body":"Spring sale","mediaType":1,"sourceType":"ad","%s":"120217770000000000","%s":"https://fb.me/w1",
             "showAdAttribution":true,"%s":"ARAwaha-%s"}""";

    private final PlayedProvider waha = PlayedProvider.of("waha");
    private final TestChannel channel = waha.channel;
    private final TestAccount account = channel.account;
    private final String phone = waha.phone;
    private final String lid = "88" + phone;

    @Test
    void gowsKnowsWhoHidesTheNumberByBoth() {
        String body = sample("GOWS", """
                {"Info":{"Chat":"%s@lid","Sender":"%s@lid","SenderAlt":"%s@s.whatsapp.net","ID":"3EB0%s","PushName":"Mia"},
                 "Message":{"imageMessage":{"JPEGThumbnail":[%s1],"contextInfo":{"externalAdReply":%s}}}}""".formatted(lid, lid,
                phone, phone, "255,".repeat(6_000), ad("sourceID", "sourceURL", "ctwaCLID"))).replace(phone + "@c.us\"", lid + "@lid\"");
        assertThat(waha.send(body).status()).isEqualTo(200);

        waha.isCaptured();
    }

    @Test
    void webjs() {
        assertThat(waha.send(sample("WEBJS", """
                {"notifyName":"Mia","ctwaContext":%s}""".formatted(ad("sourceId", "sourceUrl", "ctwaClid")))).status()).isEqualTo(200);

        waha.isCaptured();
    }

    @Test
    void aContextOfAnAdWithoutAClickIdIsATouch() {
        waha.send(sample("WEBJS", "{\"ctwaContext\":{\"sourceUrl\":\"https://fb.me/w1\",\"description\":\"Spring sale\"}}"));

        JsonNode click = account.clicks(phone).get(0);
        assertThat(click.hasNonNull("ctwa_clid")).isFalse();
        assertThat(click.path("body").asText()).isEqualTo("Spring sale");
    }

    @Test
    void theMessageHasTheIdThatOtherProvidersKnowItBy() {
        waha.send(sample("WEBJS", "{\"ctwaContext\":%s}".formatted(ad("sourceId", "sourceUrl", "ctwaClid"))));

        assertThat(account.clicks(phone).get(0).toString()).contains("3EB0" + phone).doesNotContain("@c.us");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quotedMessage", "quotedMsg", "quoted"})
    void theAdOfAQuotedMessageIsNoClick(String name) {
        waha.send(sample("NOWEB", "{\"message\":{\"contextInfo\":{\"%s\":{\"a\":{\"contextInfo\":{\"externalAdReply\":%s}}}}}}"
                .formatted(name, ad("sourceId", "sourceUrl", "ctwaClid"))));

        assertThat(account.conversation(phone)).isNotNull();
        assertThat(account.clicks(phone)).isEmpty();
    }

    @Test
    void aSignatureOfAnotherAlgorithmIsRefused() {
        String body = waha.bare();

        assertThat(channel.post(body, "X-Webhook-Hmac", Hmacs.hex("HmacSHA256", body)).status()).isEqualTo(401);
        waha.storedNothing();
    }

    @Test
    void nestingWithoutEndAndMillionsOfObjectsCostNothingButThemselves() {
        assertThat(waha.send(sample("NOWEB", "{\"a\":".repeat(900) + "1" + "}".repeat(900))).status()).isEqualTo(200);
        assertThat(account.conversation(phone)).as("too deep for an ad, but a message").isNotNull();
        assertThat(channel.quarantined()).isZero();
        assertThat(waha.send("[".repeat(10_000) + "]".repeat(10_000)).status()).isEqualTo(200);
        assertThat(waha.send(sample("NOWEB", "[" + "{},".repeat(500_000) + "{}]")).status()).isEqualTo(200);
        assertThat(channel.quarantined()).as("what no reader reads").isEqualTo(2);
    }

    private String ad(String id, String url, String clickId) {
        return AD.formatted(id, url, clickId, phone);
    }

    private String sample(String engine, String data) {
        return waha.changed(waha.with(data), Map.of("NOWEB", engine));
    }
}
