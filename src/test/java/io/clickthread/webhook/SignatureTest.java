package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Only whoever knows an app secret gets anything stored. */
class SignatureTest {

    /** Escapes as Meta writes them; they are bytes of the body, not of this file's encoding. */
    private static final String ESCAPED = "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"102290129340398\","
            + "\"changes\":[{\"value\":{\"messages\":[{\"text\":{\"body\":\"caf\\u00e9 \\ud83d\\ude00 a\\/b\"}}]},"
            + "\"field\":\"messages\"}]}]}";
    private static final String SIGNATURE_OF_ESCAPED =
            "sha256=114f9dbcf60ec03e533f320c20c94ce18e3b71eb9043ce6fd28c2f750257010b";

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = Webhooks.phone();
    private final byte[] body = Server.json(Webhooks.of(account.phoneNumberId,
            Webhooks.click(phone, "clid-" + phone, TestAccount.now())));

    @Test
    void aRightSignatureIsAccepted() {
        Reply reply = post("X-Hub-Signature-256", Webhooks.signature(body, Server.APP_SECRET));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(Server.JSON.createObjectNode().put("received", true));
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void theSignatureOfTheSecondAppIsAccepted() {
        assertThat(post("X-Hub-Signature-256", Webhooks.signature(body, "second_app_secret")).status()).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aMissingSignatureIsRefusedAndStoresNothing() {
        assertRefused(post("X-Other", "value"));
    }

    @Test
    void aSignatureOfAnotherSecretIsRefusedAndStoresNothing() {
        assertRefused(post("X-Hub-Signature-256", Webhooks.signature(body, "not_the_secret")));
    }

    @Test
    void aSignatureOfAnotherBodyIsRefusedAndStoresNothing() {
        assertRefused(post("X-Hub-Signature-256", Webhooks.signature("{}".getBytes(StandardCharsets.UTF_8),
                Server.APP_SECRET)));
    }

    @Test
    void malformedSignaturesAreRefusedAndStoreNothing() {
        String good = Webhooks.signature(body, Server.APP_SECRET);
        for (String bad : new String[] {"", "sha256=", "sha256=xyz", good.substring(7), good.substring(0, 70),
            good + "00", "sha512=" + good.substring(7), "sha256=" + "0".repeat(64), "SHA256" + good.substring(6)}) {
            assertRefused(post("X-Hub-Signature-256", bad));
        }
    }

    @Test
    void theOldSignatureAloneIsRefused() {
        assertRefused(post("X-Hub-Signature", Webhooks.signature(body, Server.APP_SECRET)));
        assertRefused(post("X-Hub-Signature", "sha1=0123456789012345678901234567890123456789"));
    }

    @Test
    void theCaseOfTheHexadecimalDigitsMakesNoDifference() {
        String signature = Webhooks.signature(body, Server.APP_SECRET);
        assertThat(post("X-Hub-Signature-256", "sha256=" + signature.substring(7).toUpperCase(Locale.ROOT)).status())
                .isEqualTo(200);
    }

    @Test
    void theSignatureIsOverTheEscapedBytesThatCameIn() {
        Reply reply = server.send("POST", "/webhooks/meta", ESCAPED.getBytes(StandardCharsets.UTF_8),
                "Content-Type", "application/json", "X-Hub-Signature-256", SIGNATURE_OF_ESCAPED);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @Test
    void theSameContentWrittenOtherwiseDoesNotFitTheSignature() throws Exception {
        byte[] rewritten = Server.JSON.writeValueAsString(Server.JSON.readTree(ESCAPED)).getBytes(StandardCharsets.UTF_8);
        assertThat(Webhooks.signature(rewritten, Server.APP_SECRET)).as("the vector of the re-written form")
                .isEqualTo("sha256=0d1ea0b2de1bc22e6b6faaab5d2a67b363ba09093139a6dfa7aa16bb8c6788fc");

        assertThat(server.send("POST", "/webhooks/meta", rewritten, "Content-Type", "application/json",
                "X-Hub-Signature-256", SIGNATURE_OF_ESCAPED).status()).isEqualTo(401);
    }

    @Test
    void anUnsignedWebhookThatCannotBeReadIsRefusedAsWell() {
        int kept = quarantined();
        assertThat(server.send("POST", "/webhooks/meta", "{broken".getBytes(StandardCharsets.UTF_8),
                "Content-Type", "application/json").status()).isEqualTo(401);
        assertThat(quarantined()).isEqualTo(kept);
    }

    private Reply post(String header, String value) {
        return server.send("POST", "/webhooks/meta", body, "Content-Type", "application/json", header, value);
    }

    private void assertRefused(Reply reply) {
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("code").asText()).isEqualTo("invalid_signature");
        assertThat(reply.body()).doesNotContain(Server.APP_SECRET);
        assertThat(account.conversation(phone)).isNull();
    }

    private int quarantined() {
        return server.database().queryForObject("select count(*) from quarantined_webhook", Integer.class);
    }
}
