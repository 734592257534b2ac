package io.clickthread.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StoredConversions;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is older than it is kept goes, in steps that nobody waits for; everything else stays. */
@Tag("one-jdk")
class RetentionTest {

    private static final Server SERVER = Server.start(Map.of("clickthread.retention.check", "200ms"));
    private static final Server KEEPING = Server.start(Map.of("clickthread.retention.check", "200ms",
            "clickthread.retention.history", "0", "clickthread.retention.conversions", "0",
            "clickthread.retention.conversations", "0", "clickthread.retention.quarantined-webhooks", "0"));

    private final TestAccount account = TestAccount.connect(SERVER);

    @AfterAll
    static void stop() {
        SERVER.stop();
        KEEPING.stop();
    }

    @Test
    void tensOfThousandsOfOldRowsGoWhileNewOnesComeAndNobodyWaits() {
        StoredConversions.put(account, "new", 100, "expired", "390 days");
        StoredConversions.put(account, "old", 50_000, "delivered", "401 days");
        long slowest = 0;
        while (StoredConversions.count(account, "delivered") > 1_000) {
            long begin = System.nanoTime();
            String phone = account.clicked("clid-" + Webhooks.unique());
            Reply reply = account.convert(phone, "Purchase", Webhooks.unique());
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            slowest = Math.max(slowest, System.nanoTime() - begin);
        }
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(5));
        soon().until(() -> count("conversion where event_id like 'old-%' and account_id = ?") == 0);
        assertThat(count("history h where at < now() - interval '400 days' and ?::text is not null")).isZero();
        assertThat(count("conversion where event_id like 'new-%' and account_id = ?")).isEqualTo(100);
        soon().until(() -> count("conversation where updated_at < now() - interval '400 days' and account_id = ?") == 0);
    }

    @Test
    void whatDidNotEndIsNeverRemoved() {
        for (String state : new String[] {"parked", "pending", "waiting", "sending"}) {
            StoredConversions.put(account, state, 1, state, "500 days");
            SERVER.database().update("update conversion set due_at = now() + interval '1 hour', event_time = now() "
                    + "where account_id = ?", account.id);
        }
        StoredConversions.put(account, "ended", 1, "closed", "500 days");

        soon().until(() -> count("conversion where state = 'closed' and account_id = ?") == 0);

        assertThat(count("conversion where account_id = ?")).isEqualTo(4);
        assertThat(count("conversation where account_id = ?")).as("conversations that they refer to").isGreaterThan(3);
    }

    @Test
    void theHistoryOfAConversionGoesBeforeTheConversion() {
        StoredConversions.put(account, "d", 1, "expired", "200 days");

        soon().until(() -> count("history h join conversion c on c.id = h.conversion_id where c.account_id = ?") == 0);

        assertThat(count("conversion where account_id = ?")).isEqualTo(1);
    }

    @Test
    void anOldConversationGoesWithItsClicksUnlessAConversionRefersToIt() {
        String gone = account.clicked("gone");
        String stays = account.clicked("stays");
        String young = account.clicked("young");
        account.convert(stays, "Purchase", "1");
        SERVER.database().update("update conversation set updated_at = now() - interval '401 days' "
                + "where participant_id in (?, ?)", gone, stays);

        soon().until(() -> account.conversation(gone) == null);

        assertThat(count("click where ctwa_clid = 'gone' and account_id = ?")).isZero();
        assertThat(count("contact_alias where value = '" + gone + "' and account_id = ?")).isZero();
        assertThat(account.clicks(stays)).hasSize(1);
        assertThat(account.clicks(young)).hasSize(1);
        account.receive(Webhooks.click(gone, "again", TestAccount.now()));
        assertThat(account.clicks(gone)).as("clicks of the contact once it is back").hasSize(1);
    }

    @Test
    void quarantinedWebhooksGoAfterTheirTime() {
        SERVER.webhook("{broken " + account.id);
        SERVER.webhook("{broken too " + account.id);
        String old = SERVER.database().queryForObject("select min(id) from quarantined_webhook", String.class);
        SERVER.database().update("update quarantined_webhook set received_at = now() - interval '31 days' where id = ?", old);

        soon().until(() -> count("quarantined_webhook where id = '" + old + "' and ?::text is not null") == 0);

        assertThat(count("quarantined_webhook where ?::text is not null")).isPositive();
    }

    @Test
    void metasOwnEventsGoWhenTheyAreAsOldAsConversionsGet() {
        for (int age : new int[] {401, 399}) {
            SERVER.database().update("insert into automatic_event (id, account_id, message_id, event_name, event_time, "
                    + "decision, received_at) values (?, ?, 'm', ?, now(), 'd', now() - ? * interval '1 day')",
                    account.id + age, account.id, "e" + age, age);
        }

        soon().until(() -> count("automatic_event where account_id = ?") == 1);

        assertThat(count("automatic_event where event_name = 'e399' and account_id = ?")).isEqualTo(1);
    }

    @Test
    void importsGoAfterTheirTimeWithTheListOfTheirRows() {
        for (String age : new String[] {"91 days", "89 days"}) {
            SERVER.database().update("insert into import (id, account_id, dry_run, state, header, ended_at) "
                    + "values (?, ?, false, 'done', 'eventId', now())", account.id + age, account.id);
            SERVER.database().update("insert into import_outcome (import_id, line, outcome) "
                    + "select ?, n, 'refused' from generate_series(1, 2500) n", account.id + age);
            SERVER.database().update("update import set ended_at = now() - ?::interval where id = ?", age, account.id + age);
        }

        soon().until(() -> count("import where account_id = ?") == 1);

        assertThat(count("import_outcome where import_id = ? || '91 days'")).isZero();
        assertThat(count("import_outcome where import_id = ? || '89 days'")).isEqualTo(2500);
    }

    @Test
    void aRowThatSomebodyHoldsIsLeftAndHoldsUpNobody() throws Exception {
        StoredConversions.put(account, "d", 3, "expired", "401 days");
        String held;
        try (Connection other = SERVER.context.getBean(DataSource.class).getConnection()) {
            other.setAutoCommit(false);
            var row = other.createStatement().executeQuery("select id from conversion where account_id = '" + account.id
                    + "' limit 1 for update skip locked");
            held = row.next() ? row.getString(1) : "none was left";
            soon().until(() -> count("conversion where id <> '" + held + "' and account_id = ?") == 0);
            other.rollback();
        }
        soon().until(() -> count("conversion where account_id = ?") == 0);
    }

    @Test
    void zeroKeepsForEver() {
        TestAccount keeper = TestAccount.connect(KEEPING);
        StoredConversions.put(keeper, "old", 10, "delivered", "4000 days");
        StoredConversions.put(account, "old", 10, "delivered", "4000 days");

        soon().until(() -> count("conversion where account_id = ?") == 0); // the same at the same time, where it is removed

        assertThat(StoredConversions.count(keeper, "delivered")).isEqualTo(10);
        assertThat(KEEPING.database().queryForObject("select count(*) from history", Integer.class)).isEqualTo(10);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private int count(String what) {
        return SERVER.database().queryForObject("select count(*) from " + what, Integer.class, account.id);
    }
}
