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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Ways to start wrongly that show only against a database, a port or Camel itself. Each ends by itself within 30 seconds, with
 * one sentence, and readiness never says UP. What settings alone show is in {@link StartupRefusalTest}, what routes alone show
 * in {@code check.RouteCheckTest}.
 */
class StartMatrixTest {

    /** A machine on which a good start takes longer than half of it is given as much more. */
    private static Duration limit = Duration.ofSeconds(30);

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @BeforeAll
    static void seeHowFastThisMachineIs() {
        long began = System.nanoTime();
        Server.start(Map.of()).stop();
        Duration twice = Duration.ofNanos(2 * (System.nanoTime() - began));
        limit = twice.compareTo(limit) > 0 ? twice : limit;
    }

    static Stream<Arguments> databases() {
        return Stream.of(
                database("away", Map.of("clickthread.database.url", "jdbc:postgresql://127.0.0.1:1/clickthread"),
                        "PostgreSQL cannot be reached at 127.0.0.1:1/clickthread for 15 seconds: "),
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
                database("of a newer program", "create table flyway_schema_history (installed_rank int primary key, version text, "
                        + "description text not null, type text not null, script text not null, checksum int, installed_by text not null, "
                        + "installed_on timestamp not null default now(), execution_time int not null, success boolean not null); "
                        + "insert into flyway_schema_history values (1, '999', 'newer', 'SQL', 'V999__newer.sql', 1, 'me', now(), 1, true)",
                        " is at version 999, and this program knows versions up to "),
                database("of another program", "create table customers (id int)",
                        " cannot be brought up to date: Found non-empty schema"),
                database("whose user may create nothing", "revoke create on schema public from public; "
                        + "create role no_maker login; grant connect on database %s to no_maker",
                        Map.of("clickthread.database.username", "no_maker"), "permission denied for schema public"),
                database("with a migration that was changed", "alter table if exists x rename to y; "
                        + "create table flyway_schema_history (installed_rank int primary key, version text, "
                        + "description text not null, type text not null, script text not null, checksum int, installed_by text not null, "
                        + "installed_on timestamp not null default now(), execution_time int not null, success boolean not null); "
                        + "insert into flyway_schema_history values (1, '1', 'foundation', 'SQL', 'V1__foundation.sql', 1, 'me', now(), "
                        + "1, true)", " cannot be brought up to date: Validate failed"));
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
        Map<String, String> same = Map.of("clickthread.database.url", url, "clickthread.encryption-key", KEY);
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
            refused(FailedStart.with(Map.of("clickthread.management-port", port)), "port " + port + " is taken: ");
        }
    }

    @Test
    void aServerWhoseAddressIsNotOfThisMachineEnds() throws Exception {
        refused(FailedStart.with(Map.of("clickthread.host", "nowhere.invalid")), "this machine has no address nowhere.invalid");
    }

    /** What only Camel finds when it loads the routes. */
    static Stream<Arguments> routes() {
        return Stream.of(
                route("accounts/show-delivery", "- to: direct:list-lanes", "- too: direct:list-lanes",
                        "accounts/show-delivery.camel.yaml:11: "),
                route("accounts/list-lanes", "{parametersCount: 1}", "{parameterCount: 1}", "accounts/list-lanes.camel.yaml:"),
                route("accounts/show-delivery", "to: direct:list-lanes", "to: dirct:list-lanes",
                        "accounts/show-delivery.camel.yaml:"),
                route("accounts/list-lanes", "\"${body}\"", "\"${body\"", "accounts/list-lanes.camel.yaml:"),
                route("accounts/list-lanes", "description: Reads", "descriptions: Reads", "accounts/list-lanes.camel.yaml:3: "),
                route("ingest/ingest", "direct:record-handovers", "direct:record-handover",
                        "ingest/ingest.camel.yaml:25: no route starts from direct:record-handover: write direct:record-handovers"),
                route("ingest/ingest", null, "yml", "ingest/ingest.camel.yml: this file is not loaded: "));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aServerDoesNotStartOnARouteThatCannotRun(String name, String from, String to, String said, @TempDir Path folder)
            throws Exception {
        FailedStart start = FailedStart.with(Map.of("clickthread.routes-dir", broken(folder, name, from, to).toString()));
        refused(start, said);
        assertThat(start.reasons().get(0)).startsWith(folder.toString());
    }

    /** Processes as an operator starts them, two at a time. */
    @Test
    void aProcessThatCannotStartEndsWithOneSentenceAsItsLastLineAndWithoutAStackTrace(@TempDir Path folder) throws Exception {
        Path routes = broken(folder.resolve("routes"), "graph/call-graph", "ref: readGraphAnswer", "ref: readGraph");
        String database = Server.newDatabase();
        Map<String, List<String>> cases = Map.of(
                "is not a JDBC address: write jdbc:postgresql://db:5432/clickthread, with", List.of(
                        "--clickthread.database.url=postgres://me:very-secret@db:5432/clickthread"),
                "does not let the user stranger in", List.of("--clickthread.database.url=" + database,
                        "--clickthread.database.username=stranger"),
                "call-graph.camel.yaml:14: there is no bean readGraph: write readGraphAnswer", List.of(
                        "--clickthread.database.url=" + database, "--clickthread.routes-dir=" + routes),
                "this machine has no address 203.0.113.7", List.of("--clickthread.database.url=" + database,
                        "--clickthread.host=203.0.113.7"));
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> running = cases.entrySet().stream().<Future<?>>map(one -> two.submit(() -> {
                ends(folder.resolve(Integer.toHexString(one.getKey().hashCode())), one.getValue(), one.getKey());
                return null;
            })).toList();
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            two.shutdownNow();
        }
    }

    private static void ends(Path folder, List<String> arguments, String said) throws IOException, InterruptedException {
        String[] all = Stream.concat(Stream.of("--clickthread.api-key=" + Server.KEY, "--clickthread.encryption-key=" + KEY,
                "--clickthread.meta.app-secret=" + Server.APP_SECRET, "--clickthread.meta.verify-token=" + Server.VERIFY_TOKEN),
                Stream.concat(arguments.stream(), arguments.stream().anyMatch(one -> one.contains("username")) ? Stream.of()
                        : Stream.of("--clickthread.database.username=postgres"))).toArray(String[]::new);
        ServerProcess server = ServerProcess.start(folder, all);
        Awaitility.await().atMost(limit.multipliedBy(2)).until(() -> !server.isAlive()); // two share this machine
        assertThat(server.waitForEnd()).isEqualTo(1);
        List<String> lines = server.output().lines().filter(line -> !line.isBlank()).toList();
        assertThat(lines).last().asString().startsWith("Clickthread does not start: ").contains(said);
        assertThat(server.output()).doesNotContain("\tat ", "very-secret", "is ready");
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

    private static Path broken(Path folder, String name, String from, String to) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(Path.of("routes").relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path file = folder.resolve(name + ".camel.yaml");
        if (from == null) {
            Files.move(file, folder.resolve(name + ".camel." + to));
        } else {
            assertThat(Files.readString(file)).contains(from);
            Files.writeString(file, Files.readString(file).replace(from, to));
        }
        return folder;
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

    private static Arguments route(String name, String from, String to, String said) {
        return Arguments.of(name, from, to, said);
    }
}
