package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Hmacs;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special to the webhooks of go-whatsapp-web-multidevice. */
class GowaWebhookTest {

    private final PlayedProvider gowa = PlayedProvider.of("gowa");
    private final TestChannel channel = gowa.channel;
    private final TestAccount account = gowa.account;
    private final String phone = gowa.phone;

    @Test
    void theChatMayBeWrittenAsTheBusinessesOwnNumberAndJoinsNobody() {
        PlayedProvider other = gowa.another();
        gowa.send(gowa.complete());
        other.send(other.complete());

        assertThat(gowa.clicks()).hasSize(1);
        assertThat(other.clicks()).hasSize(1);
    }

    @Test
    void whoHidesTheNumberIsKnownByTheLinkedId() {
        gowa.send(gowa.changed(gowa.complete(), Map.of("@phone@@s.whatsapp.net", "77@phone@@lid")));
        assertThat(account.clicks("77" + phone)).hasSize(1);

        gowa.send(gowa.complete());
        assertThat(account.clicks("77" + phone)).as("the number came later").hasSize(1);
        assertThat(account.convert("+" + phone, "LeadSubmitted", "lead-" + phone).status()).as("and finds the click").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s in %s", "%s:17 in %s"})
    void theSenderMayBeWrittenWithTheChat(String from) {
        String jid = phone + "@s.whatsapp.net";
        gowa.send(gowa.changed(gowa.complete(), Map.of("\"from\":\"" + jid, "\"from\":\"" + String.format(from, jid, jid)
                .replace("@s.whatsapp.net:17", ":17@s.whatsapp.net"))));

        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void itsDefaultSecretASignatureWithoutItsPrefixAndTheBareSecretAreRefused() {
        String body = gowa.complete();

        assertThat(channel.post(body, "X-Webhook-Secret", TestChannel.SECRET).status()).isEqualTo(401);
        assertThat(channel.post(body, "X-Hub-Signature-256", "sha256=" + Hmacs.hex("HmacSHA256", body, "secret")).status())
                .isEqualTo(401);
        assertThat(channel.post(body, "X-Hub-Signature-256", Hmacs.hex("HmacSHA256", body)).status()).isEqualTo(401);
        gowa.storedNothing();
    }
}
