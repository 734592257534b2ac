package io.clickthread.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.local.DemoAccount;
import io.clickthread.support.KafkaBroker;
import io.clickthread.support.MetaEvents;
import io.clickthread.support.Proxy;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, a database that goes away, and a server that starts again: nothing is lost and nothing counts twice. */
class KafkaSourceTest {

    private static final String TOPIC = "sales";
    private static final String ORDERS = "orders";
    private static final String GROUP = "clickthread-test";
    private static final Duration LONG = Duration.ofSeconds(60);

    private static KafkaBroker broker;
    private static Proxy proxy;
    private static Map<String, String> settings;
    private static Server server;

    private final String unique = Webhooks.unique();
    private final String clickId = "ARAk-" + unique;

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = new KafkaBroker(folder);
        broker.send(TOPIC, "first", new byte[] {'?'}); // makes the topic
        broker.send(ORDERS, "first", new byte[] {'?'});
        URI database = URI.create(Server.newDatabase().substring("jdbc:".length()));
        proxy = new Proxy(database.getPort());
        settings = new HashMap<>(Map.of("clickthread.database.url", "jdbc:postgresql://localhost:" + proxy.port() + database.getPath(),
                "clickthread.database.username", "postgres", "clickthread.database.connection-timeout-millis", "500",
                "clickthread.sources.kafka.enabled", "true", "clickthread.sources.kafka.brokers", broker.address(),
                "clickthread.sources.kafka.topic", TOPIC, "clickthread.sources.kafka.group", GROUP,
                "clickthread.sources.kafka.account-id", DemoAccount.ID));
        settings.putAll(Map.of("clickthread.sources.kafka-orders.enabled", "true", "clickthread.sources.kafka-orders.brokers",
                broker.address(), "clickthread.sources.kafka-orders.topic", ORDERS, "clickthread.sources.kafka-orders.group", "orders-test",
                "clickthread.sources.kafka-orders.account-id", DemoAccount.ID));
        server = Server.start(settings);
    }

    @AfterAll
    static void stop() {
        server.stop();
        proxy.close();
        broker.close();
    }

    @Test
    void aMessageOfTheTopicReachesMetaAndTheOffsetMoves() {
        String phone = TestAccount.demo(server).clicked(clickId);
        long before = broker.committed(GROUP, TOPIC);
        send(phone, "order-" + unique);
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(1));
        assertThat(MetaEvents.of(server, clickId).get(0).at("/custom_data/value").decimalValue())
                .isEqualByComparingTo("49.90");
        await().atMost(LONG).untilAsserted(() -> assertThat(broker.committed(GROUP, TOPIC)).isGreaterThan(before));
    }

    @Test
    void aTopicWithRecordsOfItsOwnIsReadByAFileThatMapsThem() {
        String phone = TestAccount.demo(server).clicked(clickId);
        for (String state : List.of("open", "paid", "paid")) {
            broker.send(ORDERS, phone, Server.json(Map.of("orderId", unique, "state", state, "customer", Map.of("phone", "+" + phone),
                    "total", Map.of("amount", "19.90", "currency", "EUR"))));
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(1));
        await().atMost(LONG).untilAsserted(() -> assertThat(broker.committed("orders-test", ORDERS)).isGreaterThanOrEqualTo(4));
        assertThat(MetaEvents.of(server, clickId)).map(event -> event.path("event_id").asText()).containsExactly("order-" + unique);
        assertThat(server.database().queryForList("select distinct provider from quarantined_webhook", String.class)).contains("kafka-orders");
    }

    @Test
    void aPoisonousMessageIsKeptAndItsNeighboursPass() {
        String phone = TestAccount.demo(server).clicked(clickId);
        send(phone, "before-" + unique);
        broker.send(TOPIC, phone, ("{broken " + unique).getBytes(StandardCharsets.UTF_8));
        broker.send(TOPIC, phone, Server.json(Map.of("phoneE164", phone, "eventName", "Lead", "eventId", unique)));
        broker.send(TOPIC, phone, null);
        send(phone, "behind-" + unique);
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(2));
        List<String> reasons = server.database().queryForList(
                "select reason from quarantined_webhook where provider = 'kafka' order by received_at desc, id desc limit 3",
                String.class);
        assertThat(reasons).hasSize(3).anyMatch(reason -> reason.contains("LeadSubmitted"))
                .anyMatch(reason -> reason.equals("It is not a JSON object."));
    }

    @Test
    void whileTheDatabaseIsAwayMessagesWaitOnTheTopicInTheirOrder() {
        String phone = TestAccount.demo(server).clicked(clickId);
        proxy.cut();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add("away-" + i + "-" + unique);
            send(phone, sent.get(i));
        }
        broker.send(TOPIC, phone, ("{broken " + unique).getBytes(StandardCharsets.UTF_8));
        long committed = broker.committed(GROUP, TOPIC);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(broker.committed(GROUP, TOPIC)).isEqualTo(committed));
        proxy.mend();
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(20));
        assertThat(MetaEvents.of(server, clickId)).map(event -> event.path("event_id").asText())
                .containsExactlyElementsOf(sent);
        await().atMost(LONG).untilAsserted(() -> assertThat(broker.committed(GROUP, TOPIC))
                .isGreaterThanOrEqualTo(committed + 21));
    }

    @Test
    void aServerThatStartsAgainAndReadsAllOnceMoreCountsNothingTwice() {
        String phone = TestAccount.demo(server).clicked(clickId);
        send(phone, "one-" + unique);
        send(phone, "two-" + unique);
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(2));
        server.stop();
        broker.rewind(GROUP, TOPIC); // as if it had been killed before it moved the offset
        send(phone, "three-" + unique);
        server = Server.start(settings);
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId))
                .map(event -> event.path("event_id").asText()).containsExactly("three-" + unique));
        assertThat(server.database().queryForObject("select count(*) from conversion where event_id like ?", Integer.class,
                "%-" + unique)).isEqualTo(3);
    }

    @Test
    void aSaleWithoutItsAmountAndOneThatContradictsWhatStandsAreKeptWithTheirReasons() {
        String phone = TestAccount.demo(server).clicked(clickId);
        send(phone, "stands-" + unique);
        broker.send(TOPIC, phone, Server.json(Map.of("phoneE164", phone, "eventName", "Purchase", "eventId", "none-" + unique)));
        broker.send(TOPIC, phone, Server.json(Map.of("phoneE164", phone, "eventName", "Purchase", "eventId", "stands-" + unique,
                "value", 50, "currency", "USD")));
        send(phone, "next-" + unique);
        await().atMost(LONG).untilAsserted(() -> assertThat(MetaEvents.of(server, clickId))
                .map(event -> event.path("event_id").asText()).containsExactlyInAnyOrder("stands-" + unique, "next-" + unique));
        assertThat(server.database().queryForList("select reason from quarantined_webhook where provider = 'kafka'",
                String.class)).anyMatch(reason -> reason.contains("2804009") && reason.contains("2804010"))
                .anyMatch(reason -> reason.contains("'value' differs"));
    }

    private static void send(String phone, String eventId) {
        broker.send(TOPIC, phone, Server.json(Map.of("phoneE164", phone, "eventName", "Purchase", "eventId", eventId,
                "value", 49.90, "currency", "USD")));
    }
}
