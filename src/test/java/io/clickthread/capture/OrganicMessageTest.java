package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Chatter that is not from an ad: most of what comes in, and none of it is anybody's business here. */
class OrganicMessageTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);

    @AfterEach
    void unlock() {
        assertThat(account.clicked("still-works")).isNotNull();
    }

    @Test
    void anOrganicMessageOfANewContactMakesAConversationWithoutMetadata() {
        String phone = Webhooks.phone();
        account.receive(Webhooks.text(phone, TestAccount.now()));

        assertThat(account.conversation(phone).has("metadata")).isFalse();
        assertThat(account.conversation(phone).path("lastMessage").isNull()).isTrue();
        assertThat(account.clicks(phone)).isEmpty();
    }

    /** With every table of capture locked, whoever sends a statement there waits; who answers sent none. */
    @Test
    void organicMessagesOfKnownContactsTouchNoTable() throws Exception {
        List<String> phones = IntStream.range(0, 50).mapToObj(i -> Webhooks.phone()).toList();
        Object[] messages = phones.stream().map(phone -> Webhooks.text(phone, TestAccount.now())).toArray();
        account.receive(messages);
        try (Connection connection = server.database().getDataSource().getConnection()) {
            connection.setAutoCommit(false);
            JdbcTemplate locking = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            locking.execute("lock table account, conversation, contact_alias, click, quarantined_webhook in access exclusive mode");
            for (int i = 0; i < 20; i++) {
                assertThat(account.receive(messages).status()).isEqualTo(200);
            }
            assertThat(waiting(locking)).as("statements of capture that wait for the locks").isEmpty();
            rollback(connection);
        }
    }

    @Test
    void noTextOfAMessageIsAnywhereInTheDatabase() {
        account.receive(Webhooks.text(Webhooks.phone(), TestAccount.now()));
        account.clicked("clid-" + Webhooks.unique());
        server.webhook(Webhooks.of("40" + Webhooks.unique(), Webhooks.text(Webhooks.phone(), TestAccount.now())));
        Map<String, Object> broken = Webhooks.text(Webhooks.phone(), TestAccount.now());
        broken.remove("id");
        account.receive(broken);

        int columns = 0;
        for (Map<String, Object> column : server.database().queryForList("select table_name, column_name "
                + "from information_schema.columns where table_schema = 'public'")) {
            String cell = "\"" + column.get("column_name") + "\"";
            assertThat(server.database().queryForObject("select count(*) from \"" + column.get("table_name") + "\" where "
                    + "case when pg_typeof(" + cell + ") = 'bytea'::regtype then encode(" + cell + "::text::bytea, 'escape') "
                    + "else " + cell + "::text end like any (array['%secret words%', '%" + hex("secret words") + "%'])",
                    Integer.class)).as(column.toString()).isZero();
            columns++;
        }
        assertThat(columns).as("columns looked at").isGreaterThan(60);
    }

    /** Timers have statements of their own, which wait for these locks, too, and say nothing of a message. */
    private static List<String> waiting(JdbcTemplate database) {
        return database.queryForList("select query from pg_stat_activity where datname = current_database() "
                + "and wait_event_type = 'Lock' and query ilike any (array['%contact_alias%', '%into quarantined_webhook%']) "
                + "and query not ilike '%conversion%'", String.class);
    }

    private static void rollback(Connection connection) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
