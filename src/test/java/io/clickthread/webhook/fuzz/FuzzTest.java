package io.clickthread.webhook.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.security.Vault;
import io.clickthread.support.RawClient;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Webhooks of every provider, changed in ways that no test thought of, signed as they should be, over real connections.
 * Any number of them: {@code mvn -Pfuzz verify -Dwebhooks=1000000}, with {@code -Dseed} to send those of an earlier run.
 */
@Tag("one-jdk")
class FuzzTest {

    private static final long WEBHOOKS = Long.getLong("webhooks", 10_000);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int CONNECTIONS = 8;
    private static final Pattern NESTED = Pattern.compile("nested-(\\d+)");

    private static final Server SERVER = Server.start(Map.of("clickthread.public-url", Target.PUBLIC_URL,
            "clickthread.webhooks.health-write", "500ms"));

    private final List<Sample> samples = Sample.all().stream()
            .filter(sample -> Sample.providersWithRoute().contains(sample.provider())).toList();
    private final TestAccount bystander = TestAccount.outsideCloudApi(SERVER);
    private final List<Target> targets = samples.stream().map(sample -> Target.open(SERVER, sample, bystander)).toList();
    private final Tally tally = new Tally();

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void everyProviderWithARouteHasASample() {
        assertThat(samples.stream().filter(Sample::isClick).map(Sample::provider)).containsExactlyInAnyOrderElementsOf(Sample.providersWithRoute());
    }

    @Test
    void whateverAWebhookSaysItIsAnsweredQuicklyAndCostsNoOtherClick() throws InterruptedException, ExecutionException {
        AtomicLong next = new AtomicLong();
        ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            running.add(senders.submit(() -> send(next)));
        }
        for (Future<?> sender : running) {
            sender.get();
        }
        senders.shutdown();

        System.out.println(tally.report(SEED, WEBHOOKS) + "\n  kept " + rows("select provider as name, count(*) as n from "
                + "quarantined_webhook group by 1 order by 1") + "\n  clicks " + rows("select provider as name, count(*) as n from "
                + "click group by 1 order by 1") + "\n  contacts " + rows("select 'all' as name, count(*) as n from conversation"));
        assertThat(tally.faults).isEmpty();
        assertThat(lost().isEmpty()).as("every intact click is in the ledger, not so " + lost() + "; seed " + SEED).isTrue();
        BitSet silent = silent();
        assertThat(silent.isEmpty()).as("an ad in any place is captured or quarantined, not so " + silent + "; seed " + SEED).isTrue();
        assertThat(strangers()).as("contacts of accounts that no webhook was for; seed " + SEED).isEmpty();
    }

    private void send(AtomicLong next) {
        RawClient connection = null;
        try {
            for (long number = next.getAndIncrement(); number < WEBHOOKS && tally.faults.size() < 5;
                    number = next.getAndIncrement()) {
                Shot shot = Shot.of(SEED, number, targets);
                Map<String, String> signature = shot.target().sign(shot.body());
                connection = connection == null ? new RawClient(SERVER.port) : connection;
                long began = System.nanoTime();
                int status;
                try {
                    status = connection.send(head(shot, signature)).send(shot.body()).reply().status();
                } catch (IOException e) {
                    tally.fault(shot, number, "no answer: " + e);
                    connection.close();
                    connection = null;
                    continue;
                }
                tally.answered(shot, number, status, System.nanoTime() - began, !signature.isEmpty());
                if (number > 0 && number % 50_000 == 0) {
                    System.out.println(tally.report(SEED, number));
                }
            }
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] head(Shot shot, Map<String, String> signature) {
        StringBuilder head = new StringBuilder("POST " + shot.target().path() + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                + (shot.target().sample().isForm() ? "application/x-www-form-urlencoded" : "application/json")
                + "\r\nContent-Length: " + shot.body().length + "\r\n");
        signature.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The intact clicks that are not in the ledger, or not where they belong. */
    private BitSet lost() {
        BitSet lost = (BitSet) tally.intact.clone();
        long last = -1;
        for (List<Map<String, Object>> rows = clicks(last); !rows.isEmpty(); rows = clicks(last)) {
            for (Map<String, Object> row : rows) {
                int bit = Shot.bit((String) row.get("ctwa_clid"));
                if (targets.get(bit / 2 % targets.size()).accountId().equals(row.get("account_id"))) {
                    lost.clear(bit);
                }
                last = (long) row.get("id");
            }
        }
        return lost;
    }

    /** The ads in other places that are neither in the ledger nor in quarantine; read page by page, however many there are. */
    private BitSet silent() {
        BitSet silent = (BitSet) tally.nested.clone();
        SERVER.database().query("select ctwa_clid from click where ctwa_clid ~ '^nested-[0-9]+$'",
                row -> {
                    silent.clear(Shot.number(row.getString(1)));
                });
        Vault vault = SERVER.context.getBean(Vault.class);
        String last = "";
        for (List<Map<String, Object>> rows = quarantined(last); !rows.isEmpty(); rows = quarantined(last)) {
            for (Map<String, Object> row : rows) {
                last = (String) row.get("id");
                String body = new String(vault.open((byte[]) row.get("body"), last), StandardCharsets.UTF_8);
                NESTED.matcher(body).results().forEach(click -> silent.clear(Integer.parseInt(click.group(1))));
            }
        }
        return silent;
    }

    private static List<Map<String, Object>> quarantined(String after) {
        return SERVER.database().queryForList("select id, body from quarantined_webhook where id > ? order by id limit 500", after);
    }

    private static List<Map<String, Object>> clicks(long after) {
        return SERVER.database().queryForList("select id, account_id, ctwa_clid from click where ctwa_clid ~ '^intact-[0-9]+-[01]$' "
                + "and id > ? order by id limit 10000", after);
    }

    private List<Map<String, Object>> strangers() {
        return SERVER.database().queryForList("select account_id, count(*) from conversation where account_id <> all (?) group by 1",
                (Object) targets.stream().map(Target::accountId).toArray(String[]::new));
    }

    private static List<String> rows(String sql) {
        return SERVER.database().queryForList(sql).stream().map(row -> row.get("name") + " " + row.get("n")).toList();
    }
}
