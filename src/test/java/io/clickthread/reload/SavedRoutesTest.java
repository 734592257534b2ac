package io.clickthread.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.Server;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

/** Routes that are saved while a server of the profile `local` runs. */
@Tag("one-jdk")
@ExtendWith(OutputCaptureExtension.class)
class SavedRoutesTest {

    private static final Duration SECONDS = Duration.ofSeconds(30); // it takes one or two; the machine may be busy
    private static final String CLICKS = "capture/capture-clicks.camel.yaml";
    private static final String META = "capture/receive-meta-webhooks.camel.yaml";
    private static final String AD = Webhooks.referral("any").get("source_id").toString();
    private static final String ALL = "\"${body.isNew} == false\"";
    /** As docs/routes.md has it, which a test compares. */
    private static final String NOT_OF_THE_AD = "\"${body.isNew} == false || ${body.sourceId} regex '" + AD + "'\"";

    @TempDir
    private Path routes;
    private Server server;
    private TestAccount account;

    @BeforeEach
    void start() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), routes);
        FileSystemUtils.deleteRecursively(routes.resolve("custom"));
        server = Server.start(Map.of("clickthread.routes-dir", routes.toString(), "clickthread.routes-reload", "true"));
        account = TestAccount.connect(server);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void theEditOfThePageIsTheOneThatIsTestedHere() throws IOException {
        assertThat(Files.readString(Path.of("docs/routes.md"))).contains("simple: {expression: " + NOT_OF_THE_AD + "}");
        assertThat(Files.readString(routes.resolve(CLICKS))).contains("simple: {expression: " + ALL + "}");
    }

    @Test
    void aSavedRouteTakesEffectAndABrokenOneIsRefusedWithFileAndLineWhileTheOldOneGoesOn(CapturedOutput output) throws IOException {
        assertThat(isStored(AD)).isTrue();

        edit(CLICKS, ALL, NOT_OF_THE_AD);
        await().atMost(SECONDS).until(() -> !isStored(AD));
        assertThat(isStored("another ad")).isTrue();
        assertThat(account.receive(Webhooks.text(account.clicked("ARAk-of-nobody"), TestAccount.now())).status()).isEqualTo(200);
        await().atMost(SECONDS).until(() -> output.getOut().contains(" ms: capture-clicks\n"));

        edit(CLICKS, "webhook.isNew}", "webhook.isNewz}");
        await().atMost(SECONDS).until(() -> output.getOut().contains("Not reloaded, the routes run as before: " + routes.resolve(CLICKS)
                + ":11: ${variable.webhook.isNewz} has no isNewz: write isNew"));
        assertThat(isStored(AD)).isFalse();
        assertThat(isStored("another ad")).isTrue();

        edit(CLICKS, "webhook.isNewz}", "webhook.isNew}");
        edit(CLICKS, "- setVariable: {id: classify-messages", "- setVariabl: {id: classify-messages"); // only Camel knows that there is no such step
        await().atMost(SECONDS).until(() -> output.getOut().contains(routes.resolve(CLICKS) + ":8: Camel knows no setVariabl here: write setVariable"));
        assertThat(isStored(AD)).isFalse();
        assertThat(isStored("another ad")).isTrue();

        edit(CLICKS, "- setVariabl: {id: classify-messages", "- setVariable: {id: classify-messages");
        edit(CLICKS, NOT_OF_THE_AD, ALL);
        await().atMost(SECONDS).until(() -> isStored(AD));
    }

    @Test
    void aNewFileOfRoutesCustomIsCalledUntilItIsDeleted(CapturedOutput output) throws IOException {
        StandInGraph other = new StandInGraph();
        Path own = routes.resolve("custom/on-click.camel.yaml");
        try {
            account.clicked("ARAk-" + Webhooks.unique()); // the server knows now that nobody wants to hear of clicks
            Files.createDirectory(own.getParent());
            Files.writeString(own, """
                    - route:
                        id: on-click
                        description: Tells every click that is new.
                        routeConfigurationId: custom-errors
                        from:
                          uri: direct:on-click
                          steps:
                            - marshal: {json: {}}
                            - to: %s/clicks
                    """.formatted(other.url()));
            await().atMost(SECONDS).until(() -> {
                account.clicked("ARAk-" + Webhooks.unique());
                return !other.calls("/clicks").isEmpty();
            });

            Files.delete(own);
            await().atMost(SECONDS).until(() -> server.context.getBean(org.apache.camel.CamelContext.class).getRoute("on-click") == null);
            assertThat(isStored(AD)).isTrue();
            assertThat(output.getOut()).doesNotContain("Not reloaded");
        } finally {
            other.stop();
        }
    }

    @Test
    void whatOnlyAStartCanChangeIsSaid(CapturedOutput output) throws IOException {
        edit("errors/background-errors.camel.yaml", "next round in a moment", "next round soon");
        await().atMost(SECONDS).until(() -> output.getOut().contains(routes.resolve("errors/background-errors.camel.yaml")
                + ": its templates, their uses and its error policies take effect at the next start"));
        assertThat(output.getOut()).doesNotContain("Not reloaded", "Reloaded in");
        assertThat(isStored(AD)).isTrue();
    }

    private boolean isStored(String ad) {
        String phone = Webhooks.phone();
        Map<String, Object> message = Webhooks.click(phone, "ARAk-" + Webhooks.unique(), TestAccount.now());
        Map<String, Object> referral = Webhooks.referral("ARAk-" + Webhooks.unique());
        referral.put("source_id", ad);
        message.put("referral", referral);
        assertThat(server.webhook(Webhooks.of(account.phoneNumberId, List.of(message))).status()).isEqualTo(200);
        return account.conversation(phone) != null;
    }

    private void edit(String name, String from, String to) throws IOException {
        Path file = routes.resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
