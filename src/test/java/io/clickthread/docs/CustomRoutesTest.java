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
            assertThat(route.contains(other.url()) || route.contains("before-send")).isTrue();
            assertThat(route.lines().count()).isLessThanOrEqualTo(13);
            own.put(example.group(1), route);
        }
        assertThat(own).hasSize(4);
        RouteFolder.copy(routes, own);
        editCapture(routes.resolve("capture/capture-clicks.camel.yaml"));
        editReadConversion(routes.resolve("conversions/read-conversion.camel.yaml"));
        server = Server.start(Map.of("clickthread.routes-dir", routes.toString()));
        server.database().execute("create table ad_campaign (ad_id text primary key, campaign text)");
        server.database().execute("insert into ad_campaign values ('120210000000000002', 'Spring sale')");
    }

    /** Puts the page's steps behind the filter that is there. */
    private static void editCapture(Path file) throws IOException {
        Matcher edit = Pattern.compile("<!-- CustomRoutesTest puts it there(?:, too)? -->\n```yaml\n(.+?)```", Pattern.DOTALL)
                .matcher(Project.text("docs/routes.md"));
        String text = Files.readString(file);
        String before = "                          - stop: {}\n";
        assertThat(text).containsOnlyOnce(before);
        List<String> edits = edit.results().map(found -> found.group(1)).toList();
        assertThat(edits).hasSize(2).allSatisfy(one -> assertThat(one.lines().count()).isLessThanOrEqualTo(10));
        Files.writeString(file, text.replace(before, before + String.join("", edits)));
    }

    /** Puts the page's steps beside those that it names. */
    private static void editReadConversion(Path file) throws IOException {
        Matcher edit = Pattern.compile("<!-- CustomRoutesTest puts it (before|behind): (\\S+) -->\n```yaml\n(.+?)```", Pattern.DOTALL)
                .matcher(Project.text("docs/routes.md"));
        String text = Files.readString(file);
        int edits = 0;
        for (; edit.find(); edits++) {
            assertThat(edit.group(3).lines().count()).isLessThanOrEqualTo(10);
            Matcher step = Pattern.compile("        - [^\n]*\\{id: " + edit.group(2) + ",[^\n]*\n").matcher(text);
            assertThat(step.find()).isTrue();
            text = edit.group(1).equals("before") ? text.substring(0, step.start()) + edit.group(3) + text.substring(step.start())
                    : text.substring(0, step.end()) + edit.group(3) + text.substring(step.end());
        }
        assertThat(edits).isEqualTo(2);
        Files.writeString(file, text);
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
    void aClickIsStoredWithTheTagThatItsAdHasInTheTableAndWithNoneIfItHasNone() {
        TestAccount account = TestAccount.connect(server);
        String phone = Webhooks.phone();
        Map<String, Object> click = Webhooks.click(phone, "ARAk-" + Webhooks.unique(), TestAccount.now());
        Map<String, Object> referral = new HashMap<>(Webhooks.referral("ARAk-" + Webhooks.unique()));
        referral.put("source_id", "120210000000000002");
        click.put("referral", referral);
        account.receive(click);
        String other = account.clicked("ARAk-" + Webhooks.unique());

        assertThat(account.clicks(phone).get(0).path("tag").asText()).isEqualTo("Spring sale");
        assertThat(account.clicks(other).get(0).has("tag")).isFalse();
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
    void aFieldOfTheRequestBecomesCustomDataOfPurchasesAndOfNothingElse() {
        TestAccount account = TestAccount.connect(server);
        String phone = account.clicked("ARAk-" + Webhooks.unique());
        Server.Reply purchase = account.convert(phone, "Purchase", "p", "value", 20, "currency", "EUR", "orderCategory", "plants",
                "customData", Map.of("order_id", "7"));
        Server.Reply lead = account.convert(phone, "LeadSubmitted", "l", "orderCategory", "plants");

        assertThat(purchase.headers()).doesNotContainKey("x-ignored-fields");
        assertThat(lead.headers().get("x-ignored-fields")).containsExactly("orderCategory");
        List<JsonNode> events = server.graph.calls(account.datasetId + "/events").stream().map(call -> call.json().at("/data/0")).toList();
        assertThat(events.get(0).at("/custom_data/order_category").asText()).isEqualTo("plants");
        assertThat(events.get(0).at("/custom_data/order_id").asText()).isEqualTo("7");
        assertThat(events.get(1).has("custom_data")).isFalse();
    }

    @Test
    void aPurchaseThatBreaksARuleOfTheServerIsRefusedAloneByEveryWayIn() {
        TestAccount account = TestAccount.connect(server);
        String phone = account.clicked("ARAk-" + Webhooks.unique());
        Server.Reply refused = account.convert(phone, "Purchase", "small", "value", 10, "currency", "EUR");
        JsonNode batch = server.call("POST", "/api/v1/whatsapp/conversions/batch", Map.of("accountId", account.id, "conversions",
                List.of(Map.of("phoneE164", phone, "eventName", "Purchase", "eventId", "b1", "value", 3, "currency", "EUR"),
                        Map.of("phoneE164", phone, "eventName", "Purchase", "eventId", "b2", "value", 11, "currency", "EUR")))).json();

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("code").asText()).isEqualTo("rule_not_met");
        assertThat(refused.json().path("error").asText()).contains("${body.value} > 10");
        assertThat(batch.at("/results/0/error/code").asText()).isEqualTo("rule_not_met");
        assertThat(batch.at("/results/1/status").asText()).isEqualTo("queued");
        assertThat(server.database().queryForList("select event_id from conversion where account_id = ?", String.class, account.id))
                .containsExactly("b2");
    }

    @Test
    void whatBeforeSendHoldsWaitsWithItsReasonAndGoesOnceItIsLetGo() {
        TestAccount account = TestAccount.connect(server);
        String phone = account.clicked("ARAk-" + Webhooks.unique());
        Server.Reply held = account.convert(phone, "Purchase", "held", "value", 20, "currency", "EUR", "customData",
                Map.of("fraud_check", "open"));
        Server.Reply behind = account.convert(phone, "Purchase", "behind", "value", 20, "currency", "EUR");
        Server.Reply other = account.convert(account.clicked("ARAk-" + Webhooks.unique()), "LeadSubmitted", "other");

        assertThat(held.status()).isEqualTo(202);
        assertThat(held.json().path("reason").asText()).startsWith("The route before-send holds it: ").contains("fraud_check");
        assertThat(behind.status()).isEqualTo(202);
        assertThat(other.status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(server.database().queryForList("select state from conversion where account_id = ? "
                + "and event_id in ('held', 'behind')", String.class, account.id)).doesNotContain("sending", "delivered", "unknown"));

        server.database().update("update conversion set custom_data = '{\"fraud_check\":\"done\"}', due_at = now() "
                + "where account_id = ? and event_id = 'held'", account.id);
        await().untilAsserted(() -> assertThat(server.graph.taken(account.datasetId + "/events").stream()
                .flatMap(call -> call.json().path("data").findValuesAsText("event_id").stream()))
                .containsExactly("other", "held", "behind"));
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
