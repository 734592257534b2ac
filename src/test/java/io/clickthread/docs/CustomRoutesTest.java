package io.clickthread.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.RouteFolder;
import io.clickthread.support.Server;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of docs/routes.md, put into routes/custom of a copy of the routes exactly as they stand there. */
@Tag("one-jdk")
class CustomRoutesTest {

    private static Server server;
    private static StandInGraph other;

    @BeforeAll
    static void addTheRoutesAndStart(@TempDir Path routes) throws IOException {
        other = new StandInGraph();
        Matcher example = Pattern.compile("`routes/custom/(\\S+)`:\n\n<!-- CustomRoutesTest plays it -->\n```yaml\n(.+?)```", Pattern.DOTALL)
                .matcher(Project.text("docs/routes.md"));
        Map<String, String> own = new HashMap<>();
        while (example.find()) {
            String route = example.group(2).replaceAll("http://[a-z.]+:9000", other.url());
            assertThat(route).contains(other.url());
            assertThat(route.lines().count()).isLessThanOrEqualTo(13);
            own.put(example.group(1), route);
        }
        assertThat(own).hasSize(3);
        RouteFolder.copy(routes, own);
        dropOneAd(routes.resolve("capture/capture-clicks.camel.yaml"));
        server = Server.start(Map.of("clickthread.routes-dir", routes.toString()));
    }

    /** Puts the page's filter behind the one that is there. */
    private static void dropOneAd(Path file) throws IOException {
        Matcher edit = Pattern.compile("<!-- CustomRoutesTest puts it there -->\n```yaml\n(.+?)```", Pattern.DOTALL)
                .matcher(Project.text("docs/routes.md"));
        assertThat(edit.find()).isTrue();
        String text = Files.readString(file);
        String before = "                          - stop: {}\n";
        assertThat(text).containsOnlyOnce(before);
        Files.writeString(file, text.replace(before, before + edit.group(1)));
    }

    @AfterAll
    static void stop() {
        server.stop();
        other.stop();
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

        await().untilAsserted(() -> assertThat(other.calls("/clicks")).anyMatch(call -> call.body().contains(later)));
        var calls = other.calls("/clicks").stream().filter(call -> call.body().contains(account.id)).toList();
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
    void clicksOfTheDroppedAdAreNotStoredAndTheirNeighboursAre() {
        TestAccount account = TestAccount.connect(server);
        String dropped = Webhooks.phone();
        String kept = Webhooks.phone();
        Map<String, Object> click = Webhooks.click(dropped, "ARAk-" + Webhooks.unique(), TestAccount.now());
        Map<String, Object> referral = new HashMap<>(Webhooks.referral("ARAk-" + Webhooks.unique()));
        referral.put("source_id", "120210000000000001");
        click.put("referral", referral);
        account.receive(click);
        account.receive(click, Webhooks.click(kept, "ARAk-" + Webhooks.unique(), TestAccount.now()), click);

        assertThat(account.clicks(kept)).hasSize(1);
        assertThat(server.database().queryForList("select value from contact_alias where account_id = ? and kind = 'phone'",
                String.class, account.id)).containsExactly(kept);
    }

    @Test
    void conversionsArriveOnceByWhicheverWayTheyCame() {
        TestAccount account = TestAccount.connect(server);
        String phone = account.clicked("ARAk-" + Webhooks.unique());
        account.convert(phone, "Purchase", "cheap-" + phone, "value", 99.99, "currency", "EUR");
        account.convert(phone, "Purchase", "by-api-" + phone, "value", 300.01, "currency", "EUR");
        account.convert(phone, "Purchase", "by-api-" + phone, "value", 300.01, "currency", "EUR");
        server.call("POST", "/api/v1/whatsapp/conversions/batch", Map.of("accountId", account.id, "conversions", List.of(Map.of("phoneE164", phone, "eventName", "Purchase", "eventId", "by-batch-" + phone, "value", 500,
                        "currency", "EUR"), Map.of("phoneE164", phone, "eventName", "Purchase"))));

        await().untilAsserted(() -> assertThat(told("/purchases", phone)).hasSize(2));
        assertThat(told("/purchases", phone)).extracting(notice -> notice.path("eventId").asText())
                .containsExactlyInAnyOrder("by-api-" + phone, "by-batch-" + phone);
        JsonNode notice = told("/purchases", phone).stream().filter(one -> one.path("value").asInt() == 300).findFirst().orElseThrow();
        assertThat(notice.path("value").decimalValue()).isEqualByComparingTo("300.01");
        assertThat(notice.path("accountId").asText()).isEqualTo(account.id);
        assertThat(notice.path("conversationId").asText()).isEqualTo(account.conversation(phone).path("id").asText());
        assertThat(notice.path("eventTime").asText()).endsWith("Z");
    }

    @Test
    void whatMetaCountedArrivesAtTheSecondEndpointAndWhatItRefusedDoesNot() {
        TestAccount account = TestAccount.connect(server);
        String phone = account.clicked("ARAk-" + Webhooks.unique());
        server.graph.next(account.datasetId + "/events", Reaction.of(400, "{\"error\":{\"message\":\"no\",\"code\":100,\"error_subcode\":2804050}}"));
        account.convert(phone, "LeadSubmitted", "refused-" + phone);
        account.convert(phone, "LeadSubmitted", "counted-" + phone);

        await().untilAsserted(() -> assertThat(told("/delivered", phone)).hasSize(1));
        JsonNode notice = told("/delivered", phone).get(0);
        assertThat(notice.path("eventId").asText()).isEqualTo("counted-" + phone);
        assertThat(notice.path("status").asText()).isEqualTo("delivered");
        assertThat(notice.path("datasetId").asText()).isEqualTo(account.datasetId);
    }

    @Test
    void aSystemThatFailsOrNeverAnswersCostsTheWebhookNothingAndIsCounted() {
        TestAccount account = TestAccount.connect(server);
        double before = failures();
        other.next("/clicks", Reaction.silence(), Reaction.silence(), Reaction.silence(), Reaction.silence(), Reaction.of(500, "{}"),
                Reaction.reset());
        Duration fastest = Duration.ofHours(1);
        for (int i = 0; i < 6; i++) {
            long began = System.nanoTime();
            String phone = account.clicked("ARAk-" + Webhooks.unique());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            fastest = i < 4 && took.compareTo(fastest) < 0 ? took : fastest;
            assertThat(account.clicks(phone)).hasSize(1);
        }
        assertThat(fastest).as("the fastest webhook that had to do with silence").isLessThan(Duration.ofMillis(900)); // it lasts 1 s
        await().untilAsserted(() -> assertThat(failures() - before).isEqualTo(6));
    }

    private static double failures() {
        var counter = server.context.getBean(io.micrometer.core.instrument.MeterRegistry.class).find("clickthread.custom.failures")
                .tag("route", "on-click").counter();
        return counter == null ? 0 : counter.count();
    }

    private static List<JsonNode> told(String path, String phone) {
        return other.calls(path).stream().map(StandInGraph.Call::json)
                .filter(notice -> notice.path("eventId").asText().endsWith("-" + phone)).toList();
    }
}
