package io.clickthread.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.local.DemoAccount;
import io.clickthread.support.MetaEvents;
import io.clickthread.support.RouteFolder;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.Signed;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source of docs/sources.md, put into routes/custom exactly as it stands there, with the settings that stand below it. */
@Tag("one-jdk")
class SourcesPageTest {

    private static Server server;

    private final String id = Webhooks.unique();

    @BeforeAll
    static void addTheSourceAndStart(@TempDir Path routes) {
        Matcher example = Pattern.compile("`routes/custom/(\\S+)`:\n\n<!-- SourcesPageTest plays it -->\n```yaml\n(.+?)```\n\n```sh\n(.+?)```",
                Pattern.DOTALL).matcher(Project.text("docs/sources.md"));
        assertThat(example.find()).isTrue();
        assertThat(example.group(2).lines().count()).isLessThanOrEqualTo(30);
        Map<String, String> variables = new HashMap<>();
        Pattern.compile("(CLICKTHREAD_[A-Z_]+)=(<[^>]+>|\\S+)").matcher(example.group(3)).results()
                .forEach(one -> variables.put(one.group(1), one.group(2)
                        .replace("<16 characters or more>", Server.SOURCE_SECRET).replace("<accountId>", DemoAccount.ID)));
        assertThat(variables).hasSize(4);
        server = Server.start(Map.of("clickthread.routes-dir", RouteFolder.copy(routes, Map.of(example.group(1), example.group(2))).toString(),
                "clickthread.sources.shopify.enabled", "false", "clickthread.sources.shopify.secret", Server.SOURCE_SECRET), variables);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void aPaidOrderReachesMetaOnceAndAnotherIsNoConversion() {
        String phone = TestAccount.demo(server).clicked("ARAk-" + id);
        byte[] order = order("paid", phone);
        assertThat(post(order, Server.SOURCE_SECRET).json().path("conversions").asInt()).isEqualTo(1);
        assertThat(post(order, Server.SOURCE_SECRET).json().path("conversions").asInt()).isEqualTo(1);
        assertThat(post(order("open", phone), Server.SOURCE_SECRET).json().path("conversions").asInt()).isZero();
        await().untilAsserted(() -> assertThat(MetaEvents.of(server, "ARAk-" + id)).hasSize(1));
        assertThat(MetaEvents.of(server, "ARAk-" + id).get(0).at("/custom_data/currency").asText()).isEqualTo("USD");
    }

    @Test
    void aSourceThatIsNotSwitchedOnHasNoAddress() {
        assertThat(server.send("POST", "/sources/shopify", order("paid", "15551234567"), "Content-Type", "application/json").status())
                .isEqualTo(404);
    }

    @Test
    void aWrongSignatureIsRefusedByTheNameOfTheVariable() {
        Reply reply = post(order("paid", "15551234567"), "another secret of ours");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).contains("X-Tiny-Signature", "CLICKTHREAD_SOURCES_TINY_SHOP_SECRET");
    }

    @Test
    void anOrderOfAStrangerIsQuarantinedAndReplayedThroughTheMapping() {
        String phone = Webhooks.phone();
        assertThat(post(order("paid", phone), Server.SOURCE_SECRET).json().path("reason").asText()).contains("No CTWA-attributed");
        TestAccount.demo(server).receive(Webhooks.click(phone, "ARAk-" + id, TestAccount.now()));
        Reply replayed = server.call("POST", "/api/v1/webhooks/quarantine/replay", Map.of("provider", "tiny-shop"));
        assertThat(replayed.json().path("replayed").asInt()).as(replayed.body()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(MetaEvents.of(server, "ARAk-" + id)).hasSize(1));
    }

    private byte[] order(String state, String phone) {
        return Server.json(Map.of("number", id, "state", state, "buyer", Map.of("phone", "+" + phone), "total", "12.50"));
    }

    private static Reply post(byte[] body, String secret) {
        return server.send("POST", "/sources/tiny-shop", body, "Content-Type", "application/json", "X-Tiny-Signature",
                "sha256=" + Signed.hex("HmacSHA256", body, secret));
    }
}
