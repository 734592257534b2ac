package io.clickthread.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What an installation had recorded before channels came is found as before, and by today's numbers. */
@Tag("one-jdk")
class OldNumbersMigrationTest {

    @Test
    void oldNumbersAreFoundInTheFormOfTodayAndAccountsGetTheirChannel() {
        DataSource database = new DriverManagerDataSource(Server.newDatabase(), "postgres", "");
        migrate(database, "5");
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.update("insert into account (id, profile_id, waba_id, phone_number_id, access_token, access_token_key) "
                + "values ('a1', 'p', 'w', '20', '', 0), ('a2', 'p', 'w2', null, '', 0)");
        List<String> phones = List.of("5215512345678", "551187654321", "551132654321", "14155550100", "5511912345678",
                "551112345678");
        for (String phone : phones) {
            jdbc.update("insert into conversation (id, account_id, participant_id) values (?, 'a1', ?)", "c" + phone, phone);
            jdbc.update("insert into contact_alias values ('a1', 'phone', ?, ?)", phone, "c" + phone);
        }
        // The same person was known by the new form already: that conversation keeps it.
        jdbc.update("insert into conversation (id, account_id, participant_id) values ('new', 'a1', '525512345678')");
        jdbc.update("insert into contact_alias values ('a1', 'phone', '525512345678', 'new')");

        migrate(database, "6");

        assertThat(jdbc.queryForList("select value || ' ' || conversation_id from contact_alias order by value", String.class))
                .containsExactlyInAnyOrder("5215512345678 c5215512345678", "525512345678 new", "551187654321 c551187654321",
                        "5511987654321 c551187654321", "551132654321 c551132654321", "14155550100 c14155550100",
                        "5511912345678 c5511912345678", "551112345678 c551112345678");
        for (String phone : phones) {
            assertThat(jdbc.queryForObject("select count(*) from contact_alias where value = ?", Integer.class,
                    Phones.canonical(phone))).as(phone).isEqualTo(1);
        }
        assertThat(jdbc.queryForList("select account_id || ' ' || provider || ' ' || key from channel", String.class))
                .containsExactly("a1 meta 20");
        assertThat(jdbc.queryForList("select automatic_events from account", String.class)).containsOnly("record");
    }

    /** One of each rule of the table, so that the migration and the table cannot differ. */
    @Test
    void everyOldFormOfTheTableIsFoundInTheFormOfToday() {
        DataSource database = new DriverManagerDataSource(Server.newDatabase(), "postgres", "");
        migrate(database, "8");
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.update("insert into account (id, profile_id, waba_id, access_token, access_token_key) "
                + "values ('a1', 'p', 'w', '', 0)");
        Random random = new Random(9);
        Set<String> olds = NumberingChanges.ALL.stream().flatMap(change -> Stream.generate(() -> PlanNumbers.old(change, random))
                .limit(8)).collect(Collectors.toCollection(TreeSet::new));
        for (String old : olds) {
            known(jdbc, "c" + old, old);
        }
        // Two forms of one number in two conversations, and in a third one the form of today.
        known(jdbc, "0-first", "2416012345");
        known(jdbc, "1-second", "24106012345");
        known(jdbc, "2-old", "22997000031");
        known(jdbc, "3-new", "2290197000031");
        known(jdbc, "radio", "551178123456");
        jdbc.update("insert into contact_alias values ('a1', 'phone', '5511978123456', 'radio')");
        jdbc.update("insert into contact_alias values ('a1', 'lid', '22997000099', 'radio')");
        known(jdbc, "mobile", "5511978123457");

        migrate(database, "9");

        for (String old : olds) {
            assertThat(conversations(jdbc, Phones.canonical(old))).as(old).hasSize(1);
            assertThat(conversations(jdbc, old)).as(old).containsExactly("c" + old);
        }
        assertThat(conversations(jdbc, "24166012345")).containsExactly("0-first");
        assertThat(conversations(jdbc, "2290197000031")).containsExactly("3-new");
        assertThat(conversations(jdbc, "551178123456")).containsExactly("radio");
        assertThat(conversations(jdbc, "5511978123456")).as("is somebody else's").isEmpty();
        assertThat(conversations(jdbc, "5511978123457")).containsExactly("mobile");
        assertThat(conversations(jdbc, "2290197000099")).as("a lid is no phone").isEmpty();
    }

    private static void known(JdbcTemplate jdbc, String conversation, String phone) {
        jdbc.update("insert into conversation (id, account_id, participant_id) values (?, 'a1', ?)", conversation, phone);
        jdbc.update("insert into contact_alias values ('a1', 'phone', ?, ?)", phone, conversation);
    }

    private static List<String> conversations(JdbcTemplate jdbc, String phone) {
        return jdbc.queryForList("select conversation_id from contact_alias where kind = 'phone' and value = ?",
                String.class, phone);
    }

    private static void migrate(DataSource database, String version) {
        Flyway.configure().dataSource(database).locations("classpath:db/migration").target(version).load().migrate();
    }
}
