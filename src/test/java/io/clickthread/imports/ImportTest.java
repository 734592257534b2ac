package io.clickthread.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A file of conversions: every good row is taken once, every other row is told with its reason. */
class ImportTest {

    private static final String HEADER = "eventId,eventName,phone\n";

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = account.clicked("ARAi-" + Webhooks.unique());

    @Test
    void everyColumnReachesMeta() {
        String conversation = account.conversation(phone).path("id").asText();
        String time = Instant.now().minusSeconds(3_600).toString();
        JsonNode ended = Files.run(account, "\uFEFFevent_id;event_name;event_time;conversation_id;value;currency;email;"
                + "external_id;content_ids;test_code;note\r\n"
                + "full;Purchase;" + time + ";" + conversation + ";49.90;eur;A@example.com;77;a|b c;TEST7;\"said \"\"hi;\"\"\"\r\n");

        assertThat(Files.counts(ended)).containsExactly(1, 1, 0, 0);
        Awaitility.await().atMost(Duration.ofSeconds(10))
                .until(() -> !server.graph.calls(account.datasetId + "/events").isEmpty());
        JsonNode call = server.graph.calls(account.datasetId + "/events").get(0).json();
        JsonNode event = call.at("/data/0");
        assertThat(call.path("test_event_code").asText()).isEqualTo("TEST7");
        assertThat(event.path("event_time").asLong()).isEqualTo(Instant.parse(time).getEpochSecond());
        assertThat(event.at("/custom_data/value").decimalValue().toPlainString()).isEqualTo("49.90");
        assertThat(event.at("/custom_data/currency").asText()).isEqualTo("EUR");
        assertThat(event.at("/custom_data/content_ids")).hasSize(3);
        assertThat(event.at("/user_data/em").toString()).hasSizeGreaterThan(60);
        assertThat(event.at("/user_data/external_id").toString()).hasSizeGreaterThan(60);
    }

    @Test
    void everyRowThatIsNotTakenIsToldWithItsLineAndReason() {
        JsonNode ended = Files.run(account, "eventId,eventName,phone,value,eventTime,accountId\n"
                + "good,LeadSubmitted," + phone + ",1.5,,\n"
                + "\n"
                + ",LeadSubmitted," + phone + ",,,\n"
                + "lead,Lead," + phone + ",much,,\n"
                + "\"two\nlines\",LeadSubmitted," + phone + ",,,\n"
                + "stranger,LeadSubmitted," + Webhooks.phone() + ",,,\n"
                + "short,LeadSubmitted\n"
                + "when,LeadSubmitted," + phone + ",,yesterday,\n"
                + "other,LeadSubmitted," + phone + ",,,another\n"
                + "good,LeadSubmitted," + phone + ",,,\n"
                + "last,LeadSubmitted," + phone + ",,,");

        assertThat(Files.counts(ended)).containsExactly(10, 3, 0, 7);
        List<String> result = Files.result(server, ended);
        assertThat(result).hasSize(7);
        assertThat(result.get(0)).startsWith("4,,refused,invalid_field_value,\"'eventId' is required");
        assertThat(result.get(1)).startsWith("5,lead,refused,invalid_field_value,").contains("LeadSubmitted", "'value' must");
        assertThat(result.get(2)).startsWith("8,stranger,refused,conversation_not_found,");
        assertThat(result.get(3)).startsWith("9,,refused,invalid_csv,").contains("2 fields");
        assertThat(result.get(4)).startsWith("10,when,refused,invalid_field_value,").contains("offset");
        assertThat(result.get(5)).startsWith("11,other,refused,").contains("another account");
        assertThat(result.get(6)).startsWith("12,good,refused,event_id_conflict,")
                .contains("'value' differs", "Column \"\"value\"\" is empty.")
                .containsPattern("is (queued|sending|delivered)");
        assertThat(Files.events(account)).containsExactly("good", "two\nlines", "last");
        assertThat(Files.chunks(server, ended.path("_id").asText())).isZero();
    }

    @Test
    void aMissingQuoteCostsItsOwnLineOnly() {
        JsonNode ended = Files.run(account, HEADER + row("before") + "\"open,LeadSubmitted," + phone + "\n" + row("next")
                + "\"a\"b,LeadSubmitted," + phone + "\n" + row("behind"));
        assertThat(Files.counts(ended)).containsExactly(5, 3, 0, 2);
        assertThat(Files.events(account)).containsExactly("before", "next", "behind");
        assertThat(Files.result(server, ended)).hasSize(2).allMatch(line -> line.contains("invalid_csv"))
                .satisfiesExactly(line -> assertThat(line).startsWith("3,"), line -> assertThat(line).startsWith("5,"));
    }

    @Test
    void aFieldOfTenMegabytesCostsItsOwnLineOnly() {
        JsonNode ended = Files.run(account, HEADER + row("before") + "\"" + "x".repeat(10_000_000) + "\",LeadSubmitted," + phone
                + "\n" + row("between") + "y".repeat(300_000) + "\n" + row("behind"));
        assertThat(Files.counts(ended)).containsExactly(5, 3, 0, 2);
        assertThat(Files.events(account)).containsExactly("before", "between", "behind");
        assertThat(Files.result(server, ended)).satisfiesExactly(line -> assertThat(line).startsWith("3,,refused"),
                line -> assertThat(line).startsWith("5,,refused"));
    }

    @Test
    void aRowWithANulIsRefusedAlone() {
        JsonNode ended = Files.run(account, HEADER + row("a") + "nn\0l,LeadSubmitted," + phone + "\n" + row("b"));
        assertThat(Files.counts(ended)).containsExactly(3, 2, 0, 1);
    }

    @Test
    void theSameFileAgainIsSaidToBeTheSameAndImportsNothingTwice() {
        String csv = HEADER + row("x") + row("y");
        JsonNode first = Files.run(account, csv);
        JsonNode again = Files.run(account, csv);
        assertThat(first.has("sameFileAs")).isFalse();
        assertThat(again.path("sameFileAs")).isEqualTo(first.path("_id"));
        assertThat(again.path("sha256")).isEqualTo(first.path("sha256"));
        assertThat(Files.counts(again)).containsExactly(2, 0, 2, 0);
        assertThat(Files.events(account)).containsExactly("x", "y");
        assertThat(Files.result(server, again)).hasSize(2).allMatch(line -> line.contains("taken before, as conversion"));
    }

    @Test
    void aDryRunSaysOfEveryRowWhatWouldHappenAndStoresNothing() {
        Files.run(account, HEADER + row("old"));
        String csv = HEADER + row("new") + row("old") + row("new") + "none,LeadSubmitted," + Webhooks.phone() + "\n";
        JsonNode dry = Files.end(server, Files.accepted(Files.upload(account, csv, "&dryRun=true")));
        assertThat(dry.path("dryRun").asBoolean()).isTrue();
        assertThat(Files.counts(dry)).containsExactly(4, 1, 2, 1);
        assertThat(Files.result(server, dry)).satisfiesExactly(
                line -> assertThat(line).startsWith("2,new,queued,,"),
                line -> assertThat(line).startsWith("3,old,repeated,repeated,").contains("taken before"),
                line -> assertThat(line).startsWith("4,new,repeated,repeated,").contains("twice in the file"),
                line -> assertThat(line).startsWith("5,none,refused,conversation_not_found,"));
        assertThat(Files.events(account)).containsExactly("old");
        JsonNode real = Files.run(account, csv);
        assertThat(real.has("sameFileAs")).isFalse();
        assertThat(Files.counts(real)).containsExactly(4, 1, 2, 1);
    }

    @Test
    void aDryRunAndTheImportAgreeOnWhatIsReplacedAndWhatContradicts() {
        String header = "eventId,eventName,phone,externalId\n";
        Files.run(account, header + "refused,LeadSubmitted," + phone + ",1\nstands,LeadSubmitted," + phone + ",1\n");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.database().queryForObject("select count(*) from "
                + "conversion where account_id = ? and state = 'delivered'", Integer.class, account.id) == 2);
        server.database().update("update conversion set state = 'rejected' where account_id = ? and event_id = 'refused'", account.id);
        String csv = header + "refused,LeadSubmitted," + phone + ",1\nrefused,LeadSubmitted," + phone + ",2\n"
                + "refused,LeadSubmitted," + phone + ",3\nstands,LeadSubmitted," + phone + ",2\n";
        for (String dryRun : List.of("&dryRun=true", "")) {
            JsonNode ended = Files.end(server, Files.accepted(Files.upload(account, csv, dryRun)));
            assertThat(Files.counts(ended)).as(dryRun).containsExactly(4, 1, 1, 2);
            List<String> result = Files.result(server, ended).stream().filter(line -> !line.contains(",queued,")).toList();
            assertThat(result).satisfiesExactly(line -> assertThat(line).startsWith("2,refused,repeated,"),
                    line -> assertThat(line).startsWith("4,refused,refused,event_id_conflict,").contains("'externalId' differs"),
                    line -> assertThat(line).startsWith("5,stands,refused,event_id_conflict,").contains("is delivered"));
        }
    }

    @Test
    void twentyThousandRowsAreTakenInTheirOrderAndCounted() {
        List<String> phones = IntStream.range(0, 50).mapToObj(i -> account.clicked("ARAi-" + Webhooks.unique())).toList();
        String csv = HEADER + IntStream.range(0, 20_000).mapToObj(i -> "r" + i + ",LeadSubmitted,"
                + (i % 100 == 99 ? "0" : phones.get(i % 50)) + "\n").collect(Collectors.joining());
        JsonNode ended = Files.run(account, csv);
        assertThat(Files.counts(ended)).containsExactly(20_000, 19_800, 0, 200);
        assertThat(ended.path("percent").asInt()).isEqualTo(100);
        assertThat(Files.events(account)).hasSize(19_800).isEqualTo(
                IntStream.range(0, 20_000).filter(i -> i % 100 != 99).mapToObj(i -> "r" + i).toList());
        assertThat(Files.result(server, ended)).hasSize(200).allMatch(line -> line.contains(",refused,"));
    }

    private String row(String eventId) {
        return eventId + ",LeadSubmitted," + phone + "\n";
    }
}
