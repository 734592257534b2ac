package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.store.Sql;
import io.clickthread.support.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Many workers that claim from one database: none gets what another has, all destinations get their turn, order holds. */
class ClaimTest {

    private static final String CLAIM = Sql.read("claim-conversions").replace(":#", ":");
    private static Server server;
    private static NamedParameterJdbcTemplate database;

    @BeforeContainer
    static void start() {
        // Its own senders never wake: the test's workers are alone.
        server = Server.start(Map.of("clickthread.delivery.poll", "1h"));
        database = new NamedParameterJdbcTemplate(server.database());
    }

    @AfterContainer
    static void stop() {
        server.stop();
    }

    @Property(tries = 25)
    void workersShareEverythingWithoutOverlapAndInOrder(@ForAll @IntRange(min = 1, max = 8) int workers,
            @ForAll @IntRange(min = 1, max = 6) int destinations, @ForAll @IntRange(min = 1, max = 20) int conversations,
            @ForAll @IntRange(min = 1, max = 4) int each, @ForAll @IntRange(min = 1, max = 50) int limit) {
        fill(destinations, conversations, each);
        Map<String, Integer> claims = new ConcurrentHashMap<>();
        Map<String, ConcurrentLinkedQueue<Long>> order = new ConcurrentHashMap<>();

        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            running.add(CompletableFuture.runAsync(() -> {
                int empty = 0;
                while (empty < 3) { // another worker may have locked the destination
                    List<Map<String, Object>> rows = claim(limit);
                    empty = rows.isEmpty() ? empty + 1 : 0;
                    Set<Object> of = new HashSet<>();
                    rows.forEach(row -> of.add(row.get("destination")));
                    assertThat(of).as("destinations in one claim").hasSizeLessThanOrEqualTo(1);
                    assertThat(rows).hasSizeLessThanOrEqualTo(limit);
                    rows.stream().sorted((a, b) -> Long.compare((long) a.get("seq"), (long) b.get("seq"))).forEach(row -> {
                        claims.merge((String) row.get("id"), 1, Integer::sum);
                        order.computeIfAbsent((String) row.get("conversation_id"), id -> new ConcurrentLinkedQueue<>())
                                .add((Long) row.get("seq"));
                    });
                    finish(rows);
                }
            }));
        }
        running.forEach(CompletableFuture::join);
        for (List<Map<String, Object>> rest = claim(limit); !rest.isEmpty(); rest = claim(limit)) {
            rest.forEach(row -> claims.merge((String) row.get("id"), 1, Integer::sum));
            finish(rest);
        }

        assertThat(claims).hasSize(destinations * conversations * each).allSatisfy((id, times) -> assertThat(times).isOne());
        assertThat(order.values()).allSatisfy(seqs -> assertThat(new ArrayList<>(seqs)).isSorted());
    }

    @Property(tries = 5)
    void aDestinationWithALongQueueDoesNotStarveTheOthers(@ForAll @IntRange(min = 2, max = 6) int destinations) {
        fill(1, 300, 1);
        for (int i = 1; i < destinations; i++) {
            add(System.nanoTime(), 1, 1);
        }
        Set<Object> served = new HashSet<>();

        for (int i = 0; i < destinations; i++) {
            claim(5).forEach(row -> served.add(row.get("destination")));
        }

        assertThat(served).as("destinations that had their turn in as many claims").hasSize(destinations);
    }

    @Example
    void whatComesAfterAConversionThatSomebodyElseHoldsIsLeftWithIt() {
        fill(1, 2, 3);
        List<Object> taken = new ArrayList<>();

        new TransactionTemplate(server.context.getBean(PlatformTransactionManager.class)).executeWithoutResult(other -> {
            server.database().queryForList("select from conversion where event_id = '1-2' for update");
            CompletableFuture.runAsync(() -> claim(50).forEach(row -> taken.add(row.get("event_id")))).join();
        });

        assertThat(taken).containsExactlyInAnyOrder("1-1", "2-1", "2-2", "2-3");
        assertThat(claim(50)).as("while its first one is being sent").isEmpty();
        server.database().update("update conversion set state = 'delivered' where event_id = '1-1'");
        assertThat(claim(50)).extracting(row -> row.get("event_id")).containsExactlyInAnyOrder("1-2", "1-3");
    }

    @Example
    void aTrippedDestinationWhoseProbeSomebodyElseHoldsIsProbedInTheNextRound() {
        fill(1, 1, 1);
        server.database().update("update destination set state = 'tripped', retry_at = now()");

        new TransactionTemplate(server.context.getBean(PlatformTransactionManager.class)).executeWithoutResult(other -> {
            server.database().queryForList("select from conversion for update");
            assertThat(CompletableFuture.supplyAsync(() -> claim(50)).join()).isEmpty();
        });

        assertThat(claim(50)).hasSize(1);
        assertThat(claim(50)).as("while a probe is under way").isEmpty();
    }

    /** Destinations with conversions that are all due. */
    private static void fill(int destinations, int conversations, int each) {
        server.database().update("truncate conversion, destination, history, conversation cascade");
        for (int destination = 0; destination < destinations; destination++) {
            add(destination + System.nanoTime(), conversations, each);
        }
    }

    private static void add(long name, int conversations, int each) {
        Map<String, Object> values = new HashMap<>(Map.of("name", Long.toString(name), "conversations", conversations,
                "each", each));
        database.update("insert into destination (account_id, dataset_id) values ('0c1ed0000000000000000001', :name)", values);
        database.update("insert into conversation (id, account_id, participant_id) select :name || '-' || c, "
                + "'0c1ed0000000000000000001', c::text from generate_series(1, :conversations) c", values);
        database.update("""
                insert into conversion (id, account_id, conversation_id, dataset_id, waba_id, ctwa_clid, event_name, event_id,
                                        event_time, state, due_at, destination)
                select :name || '-' || c || '-' || e, '0c1ed0000000000000000001', :name || '-' || c, :name, 'w', 'c',
                       'Purchase', c || '-' || e, now(), case when e % 2 = 0 then 'pending' else 'waiting' end, now(),
                       (select id from destination where dataset_id = :name)
                  from generate_series(1, :each) e, generate_series(1, :conversations) c order by e""", values);
    }

    private static List<Map<String, Object>> claim(int limit) {
        try {
            return database.queryForList(CLAIM, Map.of("claim", "a", "leaseMillis", 30_000L, "limit", limit, "maxAgeMillis",
                    604_790_000L,
                    "lastTryMillis", 604_200_000L));
        } catch (CannotAcquireLockException e) {
            throw new AssertionError("Workers block each other", e);
        }
    }

    private static void finish(List<Map<String, Object>> rows) {
        for (Map<String, Object> row : rows) {
            server.database().update("update conversion set state = 'delivered' where id = ?", row.get("id"));
        }
    }
}
