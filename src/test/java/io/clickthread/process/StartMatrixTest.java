package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Ways to start wrongly: settings, databases, keys, ports and routes. Each ends by itself within 30 seconds, with one
 * sentence, and readiness never says UP. They run in this JVM, through the door of the main class; {@link StartProcessTest}
 * starts one of each kind as a process. {@link StartupRefusalTest} has more settings, {@code check.RouteCheckTest} more routes.
 */
@Tag("one-jdk")
class StartMatrixTest {

    /** A machine on which a good start takes longer than half of it is given as much more. */
    private static Duration limit = Duration.ofSeconds(30);

    private static final String HISTORY = "create table flyway_schema_history (installed_rank int primary key, version text, "
            + "description text not null, type text not null, script text not null, checksum int, installed_by text not null, "
            + "installed_on timestamp not null default now(), execution_time int not null, success boolean not null); ";

    @BeforeAll
    static void seeHowFastThisMachineIs() {
        long began = System.nanoTime();
        Server.start(Map.of()).stop();
        Duration twice = Duration.ofNanos(2 * (System.nanoTime() - began));
        limit = twice.compareTo(limit) > 0 ? twice : limit;
    }

    static Stream<Arguments> databases() {
        return Stream.of(
                database("of no known host", Map.of("clickthread.database.url", "jdbc:postgresql://nowhere.invalid/clickthread"),
                        "PostgreSQL cannot be reached at nowhere.invalid/clickthread for 15 seconds: "),
                database("without such a user", Map.of("clickthread.database.username", "stranger"),
                        " does not let the user stranger in ("),
                database("with another password", "locked", Map.of("clickthread.database.username", "locked",
                        "clickthread.database.password", "wrong"), " does not let the user locked in ("),
                database("that does not exist", Map.of("clickthread.database.url", Server.newDatabase() + "_not"),
                        " has no such database ("),
                database("that is read-only", "alter database %s set default_transaction_read_only = on",
                        " is read-only: switch default_transaction_read_only off"),
                database("of a newer program", HISTORY + "insert into flyway_schema_history values (1, '999', 'newer', 'SQL', "
                        + "'V999__newer.sql', 1, 'me', now(), 1, true)",
                        " is at version 999, and this program knows versions up to "),
                database("of another program", "create table customers (id int)",
                        " cannot be brought up to date: Found non-empty schema"),
                database("whose user may create nothing", "revoke create on schema public from public; "
                        + "create role no_maker login; grant connect on database %s to no_maker",
                        Map.of("clickthread.database.username", "no_maker"), "permission denied for schema public"),
                database("with a migration that was changed", HISTORY + "insert into flyway_schema_history values (1, '1', "
                        + "'foundation', 'SQL', 'V1__foundation.sql', 1, 'me', now(), 1, true)",
                        " cannot be brought up to date: Validate failed"));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aServerDoesNotStartOnADatabase(String what, String prepare, Map<String, String> changes, String said) throws Exception {
        Map<String, String> all = new HashMap<>(changes);
        if (prepare.equals("locked")) {
            lockOut();
        } else if (!prepare.isEmpty()) {
            String url = Server.newDatabase();
            all.put("clickthread.database.url", url);
            jdbc(url).execute(prepare.replace("%s", url.substring(url.lastIndexOf('/') + 1)));
        }
        refused(FailedStart.with(all), said);
    }

    @Test
    void aServerWithoutTheKeyOfWhatIsStoredNamesOneThingOfEachKindThatDoesNotOpen() throws Exception {
        String url = Server.newDatabase();
        Server.start(Map.of("clickthread.database.url", url, "clickthread.database.username", "postgres")).stop();
        JdbcTemplate jdbc = jdbc(url);
        jdbc.update("update account set access_token_key = 7 where id in (select min(id) from account)");
        String key = "clickthread.encryption-key";
        Map<String, String> same = Map.of("clickthread.database.url", url, key, FailedStart.GOOD.get(key));
        // the demo account of `local` gets its token anew at every start; the row beside it does not
        jdbc.update("insert into account (id, profile_id, waba_id, access_token, access_token_key) values "
                + "('00000000000000000000000a', 'p', '1', '\\x01', 7)");
        refused(FailedStart.with(same), "CLICKTHREAD_ENCRYPTION_KEY does not open what is stored: the access token of account "
                + "00000000000000000000000a was encrypted with another key");
        jdbc.update("update account set disconnected_at = now() where id = '00000000000000000000000a'");
        jdbc.update("insert into quarantined_webhook (id, provider, reason, body, body_key) values ('q1', 'meta', 'r', '\\x01', 8)");
        refused(FailedStart.with(same), "CLICKTHREAD_ENCRYPTION_KEY does not open what is stored: the quarantined webhook q1");
    }

    @Test
    void aServerWhosePortIsTakenEnds() throws Exception {
        try (ServerSocket taken = new ServerSocket(Server.freePort(), 1, InetAddress.getByName("localhost"))) {
            String port = Integer.toString(taken.getLocalPort());
            refused(FailedStart.with(Map.of("clickthread.port", port)), "port " + port + " on localhost cannot be opened (");
        }
        try (ServerSocket taken = new ServerSocket(Server.freePort(), 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            refused(FailedStart.with(Map.of("clickthread.management-port", port)),
                    "port " + port + " on 127.0.0.1 cannot be opened (");
        }
    }

    @Test
    void aServerWhoseTwoPortsAreOneEnds() throws Exception {
        String port = Integer.toString(Server.freePort());
        refused(FailedStart.with(Map.of("clickthread.port", port, "clickthread.management-port", port)),
                "set another port with CLICKTHREAD_MANAGEMENT_PORT");
    }

    @Test
    void aServerWhoseAddressIsNotOfThisMachineEnds() throws Exception {
        refused(FailedStart.with(Map.of("clickthread.management-host", "203.0.113.7")), "this machine has no address 203.0.113.7: "
                + "correct CLICKTHREAD_MANAGEMENT_HOST");
        refused(FailedStart.with(Map.of("clickthread.host", "nowhere.invalid")), "this machine has no address nowhere.invalid");
    }

    /** What only Camel finds when it loads the routes. */
    static Stream<Arguments> routes() {
        return Stream.of(
                route("api/delivery", "- to: direct:list-destinations", "- too: direct:list-destinations",
                        "api/delivery.camel.yaml:11: "),
                route("api/delivery", "{parametersCount: 1}", "{parameterCount: 1}", "api/delivery.camel.yaml:"),
                route("api/delivery", "to: direct:list-destinations", "to: dirct:list-destinations",
                        "api/delivery.camel.yaml:"),
                route("api/delivery", "\"${body}\"", "\"${body\"", "api/delivery.camel.yaml:"),
                route("api/delivery", "description: Reads", "descriptions: Reads", "api/delivery.camel.yaml:"),
                route("capture/capture-clicks", "direct:record-handovers", "direct:record-handover",
                        "capture/capture-clicks.camel.yaml:45: no route starts from direct:record-handover: write direct:record-handovers"),
                route("capture/capture-clicks", null, "yml", "capture/capture-clicks.camel.yml: this file is not loaded: "));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aServerDoesNotStartOnARouteThatCannotRun(String name, String from, String to, String said, @TempDir Path folder)
            throws Exception {
        FailedStart start = FailedStart.with(Map.of("clickthread.routes-dir", BrokenRoutes.in(folder, name, from, to).toString()));
        refused(start, said);
        assertThat(start.reasons().get(0)).startsWith(folder.toString());
    }

    /** Sources that only route files know: each is named by the variable that is wrong. */
    static Stream<Arguments> sources() {
        return Stream.of(
                Arguments.of(Map.of("shopify.secret", Server.SOURCE_SECRET), "CLICKTHREAD_SOURCES_SHOPIFY_ACCOUNT_ID is missing: the source of "
                        + "routes/sources/shopify.camel.yaml is switched on and needs it, the id of the account"),
                Arguments.of(Map.of("shopify.account-id", "a"), "CLICKTHREAD_SOURCES_SHOPIFY_SECRET is missing"),
                Arguments.of(Map.of("shopify.account-id", "a", "shopify.secret", "short"), "CLICKTHREAD_SOURCES_SHOPIFY_SECRET is too short"),
                Arguments.of(Map.of("kafka-orders.enabled", "true", "kafka-orders.topic", "t", "shopify.enabled", "false"),
                        "CLICKTHREAD_SOURCES_KAFKA_ORDERS_BROKERS is missing"),
                Arguments.of(Map.of("shop-fiy.enabled", "true", "shopify.enabled", "false"),
                        "CLICKTHREAD_SOURCES_SHOP_FIY_ENABLED is true, but no route file brings a source of this name"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aServerDoesNotStartOnASourceThatIsNotSetUp(Map<String, String> settings, String said) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("clickthread.sources.shopify.enabled", "true"));
        settings.forEach((name, value) -> all.put("clickthread.sources." + name, value));
        FailedStart start = FailedStart.with(all);
        refused(start, said);
        assertThat(start.reasons().get(0)).startsWith(said);
    }

    /** Settings that are missing or say what cannot be; {@link StartupRefusalTest} has more of them, without a start. */
    static Stream<Arguments> settings() {
        return Stream.of(
                setting("api-key", "", "CLICKTHREAD_API_KEY is missing"),
                setting("encryption-key", "", "CLICKTHREAD_ENCRYPTION_KEY is missing"),
                setting("meta.app-secret", "", "CLICKTHREAD_META_APP_SECRET is missing"),
                setting("meta.verify-token", "", "CLICKTHREAD_META_VERIFY_TOKEN is missing"),
                setting("database.url", "", "CLICKTHREAD_DATABASE_URL is missing"),
                setting("api-key", "short", "CLICKTHREAD_API_KEY is too short"),
                setting("encryption-key", "c2hvcnQ=", "CLICKTHREAD_ENCRYPTION_KEY is not base64 of exactly 32 bytes"),
                setting("meta.app-secret", Server.APP_SECRET + ",", "CLICKTHREAD_META_APP_SECRET is too short"),
                setting("database.url", "jdbc:mysql://db/clicks", "CLICKTHREAD_DATABASE_URL is not a JDBC address"),
                setting("database.connections", "0", "CLICKTHREAD_DATABASE_CONNECTIONS must be at least 1"),
                setting("port", "http", "CLICKTHREAD_PORT must be a whole number"),
                setting("management-port", "65536", "CLICKTHREAD_MANAGEMENT_PORT must be a port"),
                setting("management-host", "nowhere.invalid", "CLICKTHREAD_MANAGEMENT_HOST must be an address of this machine"),
                setting("public-url", "clicks.example.com", "CLICKTHREAD_PUBLIC_URL is not an address"),
                setting("routes-dir", "no/such/folder", "CLICKTHREAD_ROUTES_DIR is not a folder"),
                setting("graph.url", "http://graph.example", "CLICKTHREAD_GRAPH_URL must be https"),
                setting("graph.version", "25", "CLICKTHREAD_GRAPH_VERSION must be a version"),
                setting("graph.connect-timeout", "-2s", "CLICKTHREAD_GRAPH_CONNECT_TIMEOUT must not be negative"),
                setting("http.workers", "0", "CLICKTHREAD_HTTP_WORKERS must be at least 1"),
                setting("http.public-paths", "/", "CLICKTHREAD_HTTP_PUBLIC_PATHS must be"),
                setting("delivery.poll", "0s", "CLICKTHREAD_DELIVERY_POLL must be at least 1ms"),
                setting("delivery.retry-delays", "1s,soon", "CLICKTHREAD_DELIVERY_RETRY_DELAYS must be a duration"),
                setting("delivery.unknown", "drop", "CLICKTHREAD_DELIVERY_UNKNOWN must be one of hold, resend"),
                setting("retention.history", "-1d", "CLICKTHREAD_RETENTION_HISTORY must not be negative"),
                setting("simulator.enabled", "true", "CLICKTHREAD_SIMULATOR_ENABLED is set"),
                setting("sources.csv-folder.enabled", "true", "CLICKTHREAD_SOURCES_CSV_FOLDER_PATH is missing"),
                setting("sources.webhook.enabled", "true", "CLICKTHREAD_SOURCES_WEBHOOK_OF_<NAME>_SECRET is missing"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aServerDoesNotStartWithASetting(String name, String value, String said) throws Exception {
        Map<String, String> all = new HashMap<>(FailedStart.PRODUCTION);
        all.put("clickthread.database.url", "jdbc:postgresql://127.0.0.1:1/nowhere");
        all.put(name, value);
        FailedStart start = FailedStart.with(all);
        refused(start, said);
        assertThat(start.reasons().get(0)).startsWith(said);
    }

    private static void refused(FailedStart start, String said) {
        assertThat(start.reasons()).hasSize(1);
        assertThat(start.reasons().get(0)).contains(said).doesNotContain("\n", "Exception").hasSizeLessThan(500);
        assertThat(start.time()).isLessThan(limit);
        assertThat(start.wasReady()).isFalse();
    }

    /** PostgreSQL trusts everybody in tests; this one user needs a password. */
    private static void lockOut() throws IOException {
        JdbcTemplate jdbc = jdbc(Server.newDatabase());
        if (jdbc.queryForList("select 1 from pg_roles where rolname = 'locked'").isEmpty()) {
            jdbc.execute("create role locked login password 'right'");
        }
        Path file = Path.of(jdbc.queryForObject("show hba_file", String.class));
        String rule = "host all locked 127.0.0.1/32 scram-sha-256\n";
        if (!Files.readString(file).startsWith(rule)) {
            Files.writeString(file, rule + Files.readString(file));
        }
        jdbc.execute("select pg_reload_conf()");
    }

    private static JdbcTemplate jdbc(String url) {
        return new JdbcTemplate(new DriverManagerDataSource(url, "postgres", ""));
    }

    private static Arguments database(String what, Map<String, String> changes, String said) {
        return Arguments.of(what, "", changes, said);
    }

    private static Arguments database(String what, String prepare, String said) {
        return Arguments.of(what, prepare, Map.of(), said);
    }

    private static Arguments database(String what, String prepare, Map<String, String> changes, String said) {
        return Arguments.of(what, prepare, changes, said);
    }

    private static Arguments setting(String name, String value, String said) {
        return Arguments.of("clickthread." + name, value, said);
    }

    private static Arguments route(String name, String from, String to, String said) {
        return Arguments.of(name, from, to, said);
    }
}
