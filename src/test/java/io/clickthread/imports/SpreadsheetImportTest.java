package io.clickthread.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files as spreadsheets write them: what they mean is taken, what they may mean is refused with its column and value. */
class SpreadsheetImportTest {

    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = account.clicked("ARAs-" + Webhooks.unique());

    @Test
    void thousandsAreTakenForThousandsWhereTheColumnShowsIt() {
        JsonNode ended = Files.run(account, "eventId;eventName;phone;value;currency\r\n"
                + "t1;Purchase;" + phone + ";1.500;BRL\r\nt2;Purchase;" + phone + ";1.234,56;BRL\r\n"
                + "t3;Purchase;" + phone + ";R$ 49,90;BRL\r\n");
        assertThat(Files.counts(ended)).containsExactly(3, 3, 0, 0);
        assertThat(values()).containsExactly("t1 1500 BRL", "t2 1234.56 BRL", "t3 49.90 BRL");
        assertThat(ended.at("/format/decimalSign").asText()).isEqualTo(",");
    }

    @Test
    void anAmountThatMayBeAThousandTimesTheOtherIsRefusedWithItsRowColumnAndValue() {
        JsonNode ended = Files.run(account, "eventId;eventName;phone;Valor;moeda\n" + "a1;Purchase;" + phone + ";1.500;BRL\n"
                + "a2;Purchase;" + phone + ";$ 20;\na3;Purchase;" + phone + ";€ 20;BRL\na4;Purchase;" + phone + ";-20;BRL\n"
                + "a5;Purchase;" + phone + ";R$ 20;\n");
        assertThat(Files.counts(ended)).containsExactly(5, 1, 0, 4);
        assertThat(Files.result(server, ended)).satisfiesExactly(
                line -> assertThat(line).startsWith("2,a1,refused,").contains("\"\"Valor\"\" has \"\"1.500\"\"", "1500 or 1.500", "Write 1500.00 or 1.50."),
                line -> assertThat(line).startsWith("3,a2,refused,").contains("several currencies"),
                line -> assertThat(line).startsWith("4,a3,refused,").contains("another currency than the row's BRL"),
                line -> assertThat(line).startsWith("5,a4,refused,").contains("negative"));
        assertThat(values()).containsExactly("a5 20 BRL");
    }

    @Test
    void theLineSepNamesTheDelimiterAndLinesAreStillCountedAsInTheFile() {
        JsonNode ended = Files.run(account, "sep=;\r\neventId;eventName;phone;value;currency\r\ns1;Purchase;" + phone
                + ";49.90;BRL\r\ns2;;" + phone + ";;\r\n");
        assertThat(Files.counts(ended)).containsExactly(2, 1, 0, 1);
        assertThat(Files.result(server, ended).get(0)).startsWith("4,s2,refused").contains("'eventName' is required",
                "Column \"\"eventName\"\" is empty.");
    }

    @Test
    void utf16WithTabsIsReadAndSoIsWindows1252() {
        String excel = "eventId\teventName\tTelefone\tobservação\r\nu-ção\tLeadSubmitted\t'+" + phone + "\tJoão\r\n";
        JsonNode wide = Files.end(server, Files.accepted(Files.upload(account, ("\uFEFF" + excel).getBytes(StandardCharsets.UTF_16LE), "")));
        assertThat(Files.counts(wide)).containsExactly(1, 1, 0, 0);
        assertThat(wide.at("/format/delimiter").asText()).isEqualTo("\t");
        assertThat(wide.path("ignoredColumns").toString()).isEqualTo("[\"observação\"]");
        byte[] old = excel.replace("u-", "w-").getBytes(Charset.forName("windows-1252"));
        JsonNode narrow = Files.end(server, Files.accepted(Files.upload(account, old, "")));
        assertThat(Files.counts(narrow)).containsExactly(1, 1, 0, 0);
        assertThat(narrow.at("/format/encoding").asText()).isEqualTo("windows-1252");
        assertThat(Files.events(account)).containsExactly("u-ção", "w-ção");
    }

    @Test
    void trailingRowsAndColumnsOfDelimitersAreNone() {
        JsonNode ended = Files.run(account, "eventId;eventName;phone;value;currency;\r\nr1;Purchase;" + phone
                + ";49.90;BRL;\r\n;;;;;\r\n;;;;;\r\n");
        assertThat(Files.counts(ended)).containsExactly(1, 1, 0, 0);
        assertThat(Files.result(server, ended)).isEmpty();
    }

    @Test
    void aTimeWithoutAZoneIsRefusedUnlessTheFileOrTheAccountHasOne() {
        long time = TestAccount.now() - 600;
        String local = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").format(Instant.ofEpochSecond(time).atZone(ZONE));
        String utc = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").format(LocalDateTime.ofEpochSecond(time, 0, java.time.ZoneOffset.UTC));
        String csv = "eventId,eventName,phone,eventTime\n@1,LeadSubmitted," + phone + "," + utc + "Z\n@2,LeadSubmitted," + phone + ","
                + local.replace(' ', 'T') + "-0300\n@3,LeadSubmitted," + phone + "," + local + "\n@4,LeadSubmitted," + phone + ","
                + time + "\n@5,LeadSubmitted," + phone + "," + time + "000\n";
        JsonNode none = Files.run(account, csv.replace("@", "n"));
        assertThat(Files.counts(none)).containsExactly(5, 4, 0, 1);
        assertThat(Files.result(server, none).get(0)).startsWith("4,n3,refused,").contains("offset", local, "metadata.timezone");
        JsonNode file = Files.end(server, Files.accepted(Files.upload(account, csv.replace("@", "f").getBytes(), "&timezone=America/Sao_Paulo")));
        assertThat(Files.counts(file)).containsExactly(5, 5, 0, 0);
        assertThat(server.call("PUT", "/api/v1/accounts/" + account.id, Map.of("metadata", Map.of("timezone", "America/Sao_Paulo")))
                .status()).isEqualTo(200);
        JsonNode own = Files.run(account, csv.replace("@", "o"));
        assertThat(Files.counts(own)).containsExactly(5, 5, 0, 0);
        assertThat(server.database().queryForList("select distinct extract(epoch from event_time)::bigint from conversion where account_id = ?",
                Long.class, account.id)).containsExactly(time);
    }

    @Test
    void aPhoneInScientificFormIsRefusedAndOneWithAnApostropheIsRead() {
        JsonNode ended = Files.run(account, "eventId;eventName;Celular\np1;LeadSubmitted;5,51194E+12\np2;LeadSubmitted;'" + phone
                + "\np3;LeadSubmitted;" + phone + ".0\np4;LeadSubmitted;abc\n");
        assertThat(Files.counts(ended)).containsExactly(4, 2, 0, 2);
        assertThat(Files.result(server, ended).get(0)).contains("\"\"Celular\"\" has \"\"5,51194E+12\"\"", "Format the column as text");
        assertThat(Files.result(server, ended).get(1)).contains("'phoneE164' contains letters", "Column \"\"Celular\"\" has \"\"abc\"\".");
    }

    @Test
    void noSpreadsheetRunsWhatStandsInTheResult() {
        JsonNode ended = Files.run(account, "eventId,eventName,phone\n=HYPERLINK(1),Lead," + phone + "\n+1,Lead," + phone
                + "\n@x,Lead," + phone + "\n-1,Lead," + phone + "\n");
        assertThat(Files.result(server, ended)).extracting(line -> line.split(",")[1].replace("\"", ""))
                .containsExactly("'=HYPERLINK(1)", "'+1", "'@x", "'-1");
    }

    @Test
    void aZoneOrCountryThatDoesNotExistIsRefusedAtOnce() {
        assertThat(Files.upload(account, "x", "&timezone=Mars").json().path("param").asText()).isEqualTo("timezone");
        assertThat(Files.upload(account, "x", "&country=XX").json().path("param").asText()).isEqualTo("country");
    }

    @Test
    void aMisspeltParameterIsRefusedAndSendsNothing() {
        assertThat(Files.upload(account, "eventId,eventName,phone\na,LeadSubmitted," + phone + "\n", "&dryrun=true").status())
                .isEqualTo(400);
        assertThat(values()).isEmpty();
    }

    /** Event id, value and currency of what was taken. */
    private List<String> values() {
        return server.database().queryForList("select event_id || ' ' || value || ' ' || currency from conversion "
                + "where account_id = ? order by seq", String.class, account.id);
    }
}
