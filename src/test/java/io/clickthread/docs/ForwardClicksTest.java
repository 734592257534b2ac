package io.clickthread.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.Server;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of docs/routes.md, put into a copy of the routes exactly as it stands there. */
class ForwardClicksTest {

    private static StandInGraph crm; // any HTTP server that remembers its calls
    private static Server server;

    @BeforeAll
    static void insertTheStepAndStart(@TempDir Path routes) throws IOException {
        crm = new StandInGraph();
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Path copy = routes.resolve(Path.of("routes").relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Path ingest = routes.resolve("capture/capture-clicks.camel.yaml");
        Matcher step = Pattern.compile("ForwardClicksTest -->\n```yaml\n(.+?)```", Pattern.DOTALL)
                .matcher(Project.text("docs/routes.md"));
        assertThat(step.find()).isTrue();
        String snippet = step.group(1).replace("http://crm.example:9000", crm.url());
        assertThat(snippet).contains(crm.url());
        String changed = Files.readString(ingest)
                .replaceFirst("(?m)^.*id: record-clicks.*\n", "$0" + Matcher.quoteReplacement(snippet));
        assertThat(changed).contains(snippet);
        Files.writeString(ingest, changed);
        server = Server.start(Map.of("clickthread.routes-dir", routes.toString()));
    }

    @AfterAll
    static void stop() {
        server.stop();
        crm.stop();
    }

    @Test
    void aNewClickArrivesAtTheOtherSystemAsJsonAndARepetitionDoesNot() {
        TestAccount account = TestAccount.connect(server);
        String phone = Webhooks.phone();
        String clickId = "ARAk-" + Webhooks.unique();
        Map<String, Object> click = Webhooks.click(phone, clickId, TestAccount.now());
        account.receive(click, Webhooks.text(Webhooks.phone(), TestAccount.now()));
        account.receive(click);
        String later = account.clicked("ARAk-" + Webhooks.unique());

        await().untilAsserted(() -> assertThat(crm.calls("/clicks")).anyMatch(call -> call.body().contains(later)));
        var calls = crm.calls("/clicks").stream().filter(call -> call.body().contains(account.id)).toList();
        assertThat(calls).hasSize(2);
        var first = calls.stream().filter(call -> call.body().contains(phone)).findFirst().orElseThrow();
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.headers().get("content-type")).startsWith("application/json");
        assertThat(first.json().at("/referral/clickId").asText()).isEqualTo(clickId);
        assertThat(first.json().path("conversationId").asText())
                .isEqualTo(account.conversation(phone).path("id").asText());
        assertThat(first.body()).doesNotContain("secret words");
    }

    @Test
    void aSystemThatFailsOrNeverAnswersCostsTheWebhookNothing() {
        TestAccount account = TestAccount.connect(server);
        crm.next("/clicks", Reaction.silence(), Reaction.of(500, "{}"), Reaction.reset(), Reaction.silence(),
                Reaction.silence(), Reaction.silence());
        for (int i = 0; i < 6; i++) {
            long began = System.nanoTime();
            String phone = account.clicked("ARAk-" + Webhooks.unique());
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(900)); // the time-out is 1 s
            assertThat(account.clicks(phone)).hasSize(1);
        }
    }
}
