package io.clickthread.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.support.Server;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The component alone, in a Camel context of its own, on a real PostgreSQL. */
class SqlBatchTest {

    private static final String INSERT = """
            -- Keeps things, each once; says of each whether it is new.
            with given as (
                select * from unnest(:#name::text[], :#size::int[]) with ordinality as t (name, size, row) -- one row a thing
            ), added as (
                insert into thing (name, size) select name, size from given on conflict (name) do nothing returning name
            )
            select g.row, g.name, a.name is not null as is_new from given g left join added a using (name)
            """;

    @TempDir
    private Path folder;
    private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(Server.newDatabase(), "postgres", ""));
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private ProducerTemplate caller;

    @BeforeEach
    void begin() {
        jdbc.execute("create table thing (name text primary key, size int check (size < 100))");
        camel.addComponent("sql-batch", new SqlBatchComponent(jdbc, new ObjectMapper()));
        camel.start();
        caller = camel.createProducerTemplate();
    }

    @AfterEach
    void end() {
        camel.stop();
    }

    record Thing(String name, int size) {
    }

    @Test
    void aRowIsAMapOrARecordAndItsAnswerIsWhatTheStatementGivesBackForIt() {
        String step = step(INSERT, "");

        assertThat(caller.requestBody(step, Map.of("name", "map", "size", 1))).isEqualTo(List.of(Map.of("name", "map", "is_new", true)));
        assertThat(caller.requestBody(step, new Thing("record", 2))).isEqualTo(List.of(Map.of("name", "record", "is_new", true)));
        assertThat(caller.requestBody(step + "?outputType=SelectOne", new Thing("record", 3)))
                .isEqualTo(Map.of("name", "record", "is_new", false));
        assertThat(jdbc.queryForList("select size from thing order by name", Integer.class)).containsExactly(1, 2);
    }

    @Test
    void ofManyRowsEachGetsItsOwnAnswerInTheirOrder() {
        List<Thing> things = IntStream.range(0, 20).mapToObj(i -> new Thing("n" + i, i)).toList();
        caller.requestBody(step(INSERT, ""), new Thing("n7", 7));

        List<?> answers = caller.requestBody(step(INSERT, "") + "?outputType=SelectOne", things, List.class);

        assertThat(answers).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(answers.get(i)).isEqualTo(Map.of("name", "n" + i, "is_new", i != 7));
        }
        assertThat(caller.requestBody(step(INSERT, ""), List.of(), List.class)).isEmpty();
    }

    @Test
    void whatWaitsIsWrittenInOneTransaction() throws Exception {
        String step = step(INSERT.replace("select g.row", "select g.row, pg_current_xact_id()::text as transaction"), "?writers=1");
        List<CompletableFuture<Object>> calls = new ArrayList<>();
        try (var connection = jdbc.getDataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table thing");
            calls.add(caller.asyncRequestBody(step, new Thing("first", 1)));
            Awaitility.await().until(() -> jdbc.queryForObject("select count(*) from pg_locks where not granted", Integer.class) == 1);
            IntStream.range(0, 50).forEach(i -> calls.add(caller.asyncRequestBody(step, new Thing("later" + i, 1))));
            connection.commit();
        }
        List<Object> transactions = new ArrayList<>();
        for (CompletableFuture<Object> call : calls) {
            transactions.add(((Map<?, ?>) ((List<?>) call.get(20, TimeUnit.SECONDS)).get(0)).get("transaction"));
        }
        assertThat(transactions.stream().distinct().count()).as("transactions of 51 calls").isLessThan(10);
    }

    @Test
    void aFaultyRowFailsAloneAndItsNeighboursAreWritten() {
        String step = step(INSERT, "?writers=1");
        List<CompletableFuture<Object>> calls = IntStream.range(0, 60)
                .mapToObj(i -> caller.asyncRequestBody(step, new Thing("t" + i, i % 10 == 3 ? 100 : 1))).toList();

        for (int i = 0; i < 60; i++) {
            CompletableFuture<Object> call = calls.get(i);
            if (i % 10 == 3) {
                assertThatThrownBy(call::join).hasRootCauseInstanceOf(org.postgresql.util.PSQLException.class)
                        .hasStackTraceContaining(DataIntegrityViolationException.class.getName());
            } else {
                assertThat(call.join()).asString().contains("is_new=true");
            }
        }
        assertThat(jdbc.queryForObject("select count(*) from thing", Integer.class)).isEqualTo(54);
    }

    @Test
    void allRowsOfOneExchangeAreWrittenOrNone() {
        assertThatThrownBy(() -> caller.requestBody(step(INSERT, ""), List.of(new Thing("good", 1), new Thing("bad", 100))))
                .isInstanceOf(CamelExecutionException.class);

        assertThat(jdbc.queryForObject("select count(*) from thing", Integer.class)).isZero();
    }

    @Test
    void independentRowsOfOneExchangeAreEachWrittenOrRefusedAndARefusedOneIsAnsweredWithItsException() {
        List<Thing> things = IntStream.range(0, 25).mapToObj(i -> new Thing("i" + i, i % 9 == 4 ? 100 : i)).toList();

        List<?> answers = caller.requestBody(step(INSERT, "") + "?outputType=SelectOne&independentRows=true&batchSize=10", things,
                List.class); // in three pieces

        for (int i = 0; i < 25; i++) {
            if (i % 9 == 4) {
                assertThat(answers.get(i)).isInstanceOf(DataIntegrityViolationException.class);
            } else {
                assertThat(answers.get(i)).isEqualTo(Map.of("name", "i" + i, "is_new", true));
            }
        }
        assertThat(jdbc.queryForObject("select count(*) from thing", Integer.class)).isEqualTo(22);
        assertThatThrownBy(() -> caller.requestBody(step(INSERT, "") + "?independentRows=true", new Thing("alone", 100)))
                .as("one row that is no list").isInstanceOf(CamelExecutionException.class);
    }

    @Test
    void independentRowsThatMeetAnotherFaultThanTheirDataFailTogether() {
        String step = step(INSERT.replace("into thing", "into nothing"), "?independentRows=true");

        assertThatThrownBy(() -> caller.requestBody(step, List.of(new Thing("a", 1), new Thing("b", 2))))
                .hasStackTraceContaining("relation \"nothing\" does not exist");
    }

    @Test
    void severalStatementsAreOneTransactionAndTheLastOneAnswers() {
        String both = """
                insert into thing (name, size) select * from unnest(:#name::text[], :#size::int[]);
                select 'nobody reads this';
                insert into thing (name, size) select n || '2', s + 50 from unnest(:#name::text[], :#size::int[]) as t (n, s);
                select t.row, (select count(*) from thing) as things from unnest(:#name::text[]) with ordinality as t (name, row)
                """;

        assertThat(caller.requestBody(step(both, ""), new Thing("a", 1))).isEqualTo(List.of(Map.of("things", 2L)));
        assertThatThrownBy(() -> caller.requestBody(step(both, ""), new Thing("b", 60))).isInstanceOf(CamelExecutionException.class);
        assertThat(jdbc.queryForList("select name from thing", String.class)).containsExactlyInAnyOrder("a", "a2");
    }

    @Test
    void onlyTheThreadThatExecutesAStatementWaitsForIt() throws Exception {
        String step = step(INSERT, "?writers=1");
        CountDownLatch done = new CountDownLatch(100);
        CompletableFuture<Boolean> first;
        try (var connection = jdbc.getDataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table thing");
            first = CompletableFuture.supplyAsync(() -> process(step, "t0", done));
            Awaitility.await().until(() -> jdbc.queryForObject("select count(*) from pg_locks where not granted", Integer.class) == 1);
            for (int i = 1; i < 100; i++) { // all from this thread, which would wait for the first for ever
                assertThat(process(step, "t" + i, done)).isFalse();
            }
            assertThat(done.getCount()).isEqualTo(100);
            connection.commit();
        }
        assertThat(first.get(20, TimeUnit.SECONDS)).as("whether the thread that executed it went on by itself").isTrue();
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(jdbc.queryForObject("select count(*) from thing", Integer.class)).isEqualTo(100);
    }

    private boolean process(String step, String name, CountDownLatch done) {
        Exchange exchange = camel.getEndpoint(step).createExchange();
        exchange.getMessage().setBody(new Thing(name, 1));
        try {
            return ((org.apache.camel.AsyncProcessor) producer(step)).process(exchange, sync -> done.countDown());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void valuesOfEachTypeArriveAsTheyAre() {
        String all = """
                select t.row, t.a, t.b, t.c, t.d, t.e
                  from unnest(:#text::text[], :#number::bigint[], :#yes::boolean[], :#amount::numeric[], :#amount::numeric[])
                       with ordinality as t (a, b, c, d, e, row)
                """;
        Map<String, Object> row = new HashMap<>();
        row.put("text", "\"quoted\", {braced} \\ and ü");
        row.put("number", 1L << 40);
        row.put("yes", true);
        row.put("amount", new BigDecimal("12.50"));
        Map<String, Object> empty = new LinkedHashMap<>();
        row.keySet().forEach(name -> empty.put(name, null));

        List<?> answers = caller.requestBody(step(all, "?outputType=SelectOne"), Arrays.asList(row, empty), List.class);

        assertThat(((Map<?, ?>) answers.get(0)).values()).asString()
                .isEqualTo("[\"quoted\", {braced} \\ and ü, 1099511627776, true, 12.50, 12.50]");
        assertThat(((Map<?, ?>) answers.get(1)).values()).containsOnlyNulls();
    }

    @Test
    void aJsonbParameterTakesAnythingAndWritesItAsJson() {
        String json = "select t.row, t.j from unnest(:#things::jsonb[]) with ordinality as t (j, row)";
        Map<String, Object> none = new HashMap<>();
        none.put("things", null);

        List<?> answers = caller.requestBody(step(json, "?outputType=SelectOne"),
                List.of(Map.of("things", List.of(new Thing("a \"quoted\", {one}", 1))), none), List.class);

        assertThat(((Map<?, ?>) answers.get(0)).get("j")).hasToString("[{\"name\": \"a \\\"quoted\\\", {one}\", \"size\": 1}]");
        assertThat(((Map<?, ?>) answers.get(1)).get("j")).isNull();
    }

    @Test
    void aRowThatLacksAValueIsRefusedWithItsName() {
        assertThatThrownBy(() -> caller.requestBody(step(INSERT, ""), Map.of("name", "a"))).hasRootCauseMessage(
                "The body has no 'size' for this statement");
        assertThatThrownBy(() -> caller.requestBody(step(INSERT, ""), "text")).hasRootCauseMessage(
                "The body, a String, has no 'name' for this statement: it takes maps and records");
    }

    @Test
    void aStatementThatCannotWorkIsRefusedBeforeItRuns() {
        assertThatThrownBy(() -> caller.requestBody(step("select :#name::text", ""), Map.of("name", "a")))
                .hasStackTraceContaining("'name' must be an array with one element a row: write :#name::text[]");
        assertThatThrownBy(() -> caller.requestBody(step("select '{}'::jsonb ? 'a'", ""), Map.of()))
                .hasStackTraceContaining("A statement has no '?'");
        assertThatThrownBy(() -> caller.requestBody(step("select 1 as one from unnest(:#name::text[])", ""), Map.of("name", "a")))
                .hasStackTraceContaining("has no column 'row'");
        assertThatThrownBy(() -> caller.requestBody("sql-batch:file:" + folder + "/none.sql", Map.of()))
                .hasStackTraceContaining("none.sql");
        assertThatThrownBy(() -> caller.requestBody(step(INSERT, "?outputType=Two"), Map.of()))
                .hasStackTraceContaining("outputType is SelectList or SelectOne");
    }

    private org.apache.camel.Producer producer(String step) throws Exception {
        org.apache.camel.Producer producer = camel.getEndpoint(step).createProducer();
        producer.start();
        return producer;
    }

    private String step(String statement, String options) {
        try {
            Path file = folder.resolve("s" + Math.abs(statement.hashCode()) + ".sql");
            Files.writeString(file, statement);
            return "sql-batch:file:" + file + options;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
