package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** No click is lost because its message has the id of another message, of the same contact or of another one. */
class MessageIdsTest {

    private final Server server = Server.shared();

    @Test
    void aMessageIdThatTwoContactsHaveKeepsBothClicks() {
        TestAccount account = TestAccount.outsideCloudApi(server);
        TestChannel channel = channel(account);
        String one = Webhooks.phone();
        String other = Webhooks.phone();

        channel.send(message(one, "1", "click-" + one));
        channel.send(message(other, "1", "click-" + other));

        assertThat(clicks(account, one)).containsExactly("click-" + one);
        assertThat(clicks(account, other)).containsExactly("click-" + other);
    }

    @Test
    void aContactWhoseMessagesAllHaveOneIdKeepsEveryClick() {
        TestAccount account = TestAccount.outsideCloudApi(server);
        TestChannel channel = channel(account);
        String phone = Webhooks.phone();

        for (String click : List.of("a", "b", "a", "c")) {
            channel.send(message(phone, "always the same", click + phone));
        }

        assertThat(clicks(account, phone)).containsExactlyInAnyOrder("a" + phone, "b" + phone, "c" + phone);
    }

    @Test
    void aTouchIsCompletedByItsOwnMessageAndNotByAnotherContacts() {
        TestAccount account = TestAccount.outsideCloudApi(server);
        TestChannel channel = channel(account);
        String one = Webhooks.phone();
        String other = Webhooks.phone();

        channel.send(message(one, "7", null));
        channel.send(message(other, "7", "click-" + other));

        assertThat(clicks(account, one)).as("still a touch").containsExactly("");
        channel.send(message(one, "7", "click-" + one));
        channel.send(message(one, "7", null));
        assertThat(clicks(account, one)).containsExactly("click-" + one);
        assertThat(clicks(account, other)).containsExactly("click-" + other);
    }

    @Property(tries = 60)
    void theLedgerHoldsEachClickOnceWhateverTheMessagesAreNumbered(@ForAll("deliveries") List<Delivery> deliveries) {
        TestAccount account = TestAccount.outsideCloudApi(server);
        TestChannel channel = channel(account);
        String phones = Webhooks.phone();
        String run = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Map<Integer, Set<String>> expected = new LinkedHashMap<>();
        Map<Integer, Set<String>> touched = new LinkedHashMap<>();
        Map<Integer, Set<String>> clicked = new LinkedHashMap<>();
        for (Delivery one : deliveries) {
            expected.computeIfAbsent(one.contact, key -> new TreeSet<>());
            if (one.click != null) {
                expected.get(one.contact).add(one.click + run);
                clicked.computeIfAbsent(one.contact, key -> new HashSet<>()).add(one.message);
            } else {
                touched.computeIfAbsent(one.contact, key -> new HashSet<>()).add(one.message);
            }
        }

        deliveries.parallelStream().forEach(one -> assertThat(channel.send(
                message(phones + one.contact, one.message, one.click == null ? null : one.click + run)).status()).isEqualTo(200));
        deliveries.forEach(one -> channel.send( // what comes at once may leave a touch beside its click; again, nothing changes
                message(phones + one.contact, one.message, one.click == null ? null : one.click + run)));

        expected.forEach((contact, clicks) -> {
            List<String> ledger = clicks(account, phones + contact);
            assertThat(ledger.stream().filter(click -> !click.isEmpty())).containsExactlyInAnyOrderElementsOf(clicks);
            Set<String> touches = new HashSet<>(touched.getOrDefault(contact, Set.of()));
            long all = touches.size();
            touches.removeAll(clicked.getOrDefault(contact, Set.of()));
            assertThat(ledger.stream().filter(String::isEmpty).count()).isBetween((long) touches.size(), all);
        });
    }

    @Test
    void clicksOfAnOlderVersionStayAndMayBeJoinedByOthersOfTheirMessage() {
        DataSource database = new DriverManagerDataSource(Server.newDatabase(), "postgres", "");
        migrate(database, "8");
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.update("insert into account (id, profile_id, waba_id, access_token, access_token_key) values ('a', 'p', 'w', '', 0)");
        jdbc.update("insert into conversation (id, account_id, participant_id) values ('c1', 'a', '1'), ('c2', 'a', '2')");
        String insert = "insert into click (account_id, conversation_id, message_id, ctwa_clid, clicked_at) values ('a', ?, ?, ?, now())";
        jdbc.update(insert, "c1", "m", "A");
        jdbc.update(insert, "c1", "n", null);

        migrate(database, "14");

        jdbc.update(insert, "c2", "m", "A");
        jdbc.update(insert, "c1", "m", "B");
        assertThat(jdbc.queryForList("select conversation_id || ' ' || message_id || ' ' || coalesce(ctwa_clid, '') from click "
                + "order by 1", String.class)).containsExactly("c1 m A", "c1 m B", "c1 n ", "c2 m A");
    }

    @Provide
    Arbitrary<List<Delivery>> deliveries() {
        return Combinators.combine(Arbitraries.integers().between(1, 3), Arbitraries.of("1", "2", "3"),
                        Arbitraries.of("a", "b", "c").injectNull(0.3))
                .as((contact, message, click) -> Tuple.of(contact, message, click))
                .list().ofMinSize(1).ofMaxSize(14)
                .map(all -> all.stream().map(one -> new Delivery(one.get1(), one.get2(), one.get3())).toList());
    }

    private record Delivery(int contact, String message, String click) {
    }

    private TestChannel channel(TestAccount account) {
        return TestChannel.open(account, "generic", "key-" + Webhooks.unique(), Map.of("paths", Map.of(
                "contact", "$.from", "messageId", "$.id", "clickId", "$.click", "sourceId", "$.ad")));
    }

    private static Map<String, Object> message(String phone, String id, String click) {
        Map<String, Object> message = new LinkedHashMap<>(Map.of("from", phone, "id", id, "ad", "120"));
        if (click != null) {
            message.put("click", click);
        }
        return message;
    }

    /** The click ids of a contact, a touch as an empty text. */
    private List<String> clicks(TestAccount account, String phone) {
        List<String> clicks = new ArrayList<>();
        account.clicks(phone).forEach(click -> clicks.add(click.path("ctwa_clid").asText("")));
        return clicks;
    }

    private static void migrate(DataSource database, String version) {
        Flyway.configure().dataSource(database).locations("classpath:db/migration").target(version).load().migrate();
    }
}
