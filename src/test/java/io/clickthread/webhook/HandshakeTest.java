package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The handshake with which Meta makes sure that an address wants its webhooks. */
class HandshakeTest {

    private final Server server = Server.shared();

    @Test
    void theRightTokenGetsTheBareChallengeBackAsText() {
        Reply reply = ask("subscribe", Server.VERIFY_TOKEN, "1158201444");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("1158201444");
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void aChallengeThatIsNoNumberComesBackUnchanged() {
        assertThat(ask("subscribe", Server.VERIFY_TOKEN, "a b+c/\"d\"").body()).isEqualTo("a b+c/\"d\"");
    }

    @Test
    void anotherTokenIsForbidden() {
        assertForbidden(ask("subscribe", "another-token", "1"));
    }

    @Test
    void anotherModeIsForbidden() {
        assertForbidden(ask("unsubscribe", Server.VERIFY_TOKEN, "1"));
    }

    @Test
    void aMissingTokenIsForbidden() {
        assertForbidden(server.send("GET", "/webhooks/meta?hub.mode=subscribe&hub.challenge=1", null));
    }

    @Test
    void aMissingModeIsForbidden() {
        assertForbidden(server.send("GET", "/webhooks/meta?hub.verify_token=" + Server.VERIFY_TOKEN, null));
    }

    @Test
    void neitherASignatureNorAnApiKeyIsNeeded() {
        assertThat(ask("subscribe", Server.VERIFY_TOKEN, "7").status()).isEqualTo(200);
    }

    private Reply ask(String mode, String token, String challenge) {
        return server.send("GET", "/webhooks/meta?hub.mode=" + mode + "&hub.verify_token=" + token + "&hub.challenge="
                + URLEncoder.encode(challenge, StandardCharsets.UTF_8), null);
    }

    private static void assertForbidden(Reply reply) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().path("error").asText()).contains("hub.verify_token");
        assertThat(reply.body()).doesNotContain(Server.VERIFY_TOKEN);
    }
}
