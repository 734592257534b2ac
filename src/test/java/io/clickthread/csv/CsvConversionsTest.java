package io.clickthread.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickthread.http.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file's rows mean, the column and the row beside taken together. */
class CsvConversionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"1.500 BRL~!", "1.500 BRL,49.90 BRL~!,49.90", "1.500 BRL,0.250 BRL~1.500,0.250",
        "1.500 BRL,12 BRL~!,12", "1.500 KWD~!", "1.500 KWD,49.90 KWD~1.500,49.90", "1.500 CLP~1500", "1.500 JPY,2.000 JPY~1500,2000",
        "1.500 CLP,1500.50 CLP~!,1500.50", "1.500 BRL,1.000.000 BRL~1500,1000000", "1.500 XAU~!", "1.500 ~!"})
    void anAmountWithoutProofIsRefusedUnlessItsCurrencyHasNoDecimals(String given, String wanted) {
        Sheet sheet = Sheet.of("eventId;eventName;phone;value;currency\n" + Arrays.stream(given.split(","))
                .map(one -> "e;Purchase;5511;" + one.replace(' ', ';') + (one.contains(" ") ? "" : ";") + "\n").collect(Collectors.joining()));
        assertThat(sheet.values("value").stream().map(value -> value.substring(0, value.startsWith("!") ? 1 : value.length()))
                .collect(Collectors.joining(","))).isEqualTo(wanted);
    }

    @Test
    void amountsWithBothDecimalSignsProveNothing() {
        assertThat(Sheet.of("eventId;eventName;phone;value;currency\ne;P;5;49,90;BRL\ne;P;5;49.90;BRL\ne;P;5;1.500;BRL\n").values("value"))
                .satisfiesExactly(one -> assertThat(one).isEqualTo("49.90"), one -> assertThat(one).isEqualTo("49.90"),
                        one -> assertThat(one).startsWith("!").contains("both decimal signs"));
    }

    @Test
    void daysAndMonthsAreToldApartByTheColumnOrRefused() {
        String header = "eventId;eventName;phone;Data\n";
        assertThat(read(header + "e;P;5;05/11/2026 14:30\ne;P;5;25/11/2026 14:30\n", "UTC")).containsExactly("1793889000", "1795617000");
        assertThat(read(header + "e;P;5;11/05/2026 2:30 PM\ne;P;5;11/25/2026 2:30 PM\n", "UTC")).containsExactly("1793889000", "1795617000");
        assertThat(read(header + "e;P;5;05/11/2026 14:30\n", "UTC").get(0)).startsWith("!'eventTime'").contains("\"Data\"",
                "5 November or 11 May", "2026-11-05 14:30");
        assertThat(read(header + "e;P;5;05/11/2026 14:30\ne;P;5;25/11/2026 14:30\ne;P;5;11/25/2026 14:30\n", "UTC").get(0)).startsWith("!");
        assertThat(read(header + "e;P;5;05.11.2026 14:30\n", "UTC")).containsExactly("1793889000");
    }

    @Test
    void anHourThatTheClocksShowTwiceOrNeverIsRefused() {
        String header = "eventId;eventName;phone;eventTime\n";
        assertThat(read(header + "e;P;5;2026-03-08 02:30\n", "America/New_York").get(0)).contains("never was");
        assertThat(read(header + "e;P;5;2026-11-01 01:30\n", "America/New_York").get(0)).contains("was twice");
        assertThat(read(header + "e;P;5;2026-11-01 01:30-05:00\n", "America/New_York")).containsExactly("1793514600");
    }

    @Test
    void theNamesOfTheApiComeBeforeOtherNames() {
        Sheet sheet = Sheet.of("Event ID,event_name,E-Mail,Phone Number,date,eventTime,Total\ne,Purchase,a@b.example,5511,x,1795342500,5\n");
        assertThat(sheet.lines.get(0).json().toString()).isEqualTo("{\"accountId\":\"a\",\"eventId\":\"e\",\"eventName\":\"Purchase\","
                + "\"email\":\"a@b.example\",\"phoneE164\":\"5511\",\"eventTime\":1795342500,\"value\":5}");
        assertThat(sheet.dialect.ignored()).containsExactly("date");
    }

    @Test
    void twoColumnsThatMayBeOneFieldAreRefused() {
        assertThatThrownBy(() -> Sheet.of("eventId,eventName,phone,valor,Total\n")).isInstanceOf(Problem.class)
                .hasMessageContaining("\"valor\" and \"Total\"").hasMessageContaining("'value'");
        assertThatThrownBy(() -> Sheet.of("eventId,eventName,phone,phone_e164\n")).hasMessageContaining("two columns for 'phoneE164'");
        assertThatThrownBy(() -> Sheet.of("PK\u0003\u0004eventId,eventName,phone")).hasMessageContaining("workbook");
        assertThatThrownBy(() -> Sheet.of("sep=^\neventId^eventName^phone\n")).hasMessageContaining("sep=");
    }

    @Test
    void whoAContactIsAndWhereAPhoneBelongsIsPassedOn() {
        Sheet sheet = Sheet.of("eventId;eventName;phone;userId;contactId;País\ne;P;11 4567;US.1;c1;Brasil\ne;P;11 4567;;;ar\n"
                + "e;P;11 4567;;;Atlantis\ne;P;+5511 4567;;;Atlantis\n");
        assertThat(sheet.values("userId").get(0)).isEqualTo("US.1");
        assertThat(sheet.values("contactId").get(0)).isEqualTo("c1");
        assertThat(sheet.values("country")).satisfiesExactly(one -> assertThat(one).isEqualTo("BR"), one -> assertThat(one).isEqualTo("AR"),
                one -> assertThat(one).startsWith("!'country'").contains("\"Atlantis\""), one -> assertThat(one).isEmpty());
        Dialect german = new Dialect("UTF-8", ",", null, false, null, null, "DE", null);
        CsvHeader header = german.header("eventId,eventName,phone");
        assertThat(new CsvConversions(header, german, null, account -> null).read(new String[] {"e", "P", "030 1"}).json().path("country")
                .asText()).isEqualTo("DE");
    }

    @Test
    void aRowMayMissEmptyFieldsAtItsEndButNotWhatNamesItAndNotAtTheEndOfTheFile() {
        Sheet sheet = Sheet.of("eventId,eventName,phone,value,currency\na,LeadSubmitted,5511\nb,LeadSubmitted\n\"c\nc\",P,5511,,,,,\n"
                + "d,P,5511,49,90,BRL\ne,Purchase,5511,49");
        assertThat(sheet.values("eventId")).containsExactly("a", "c\nc");
        assertThat(sheet.numbers).containsExactly(2L, 3L, 4L, 6L, 7L);
        assertThat(sheet.faults).satisfiesExactly(one -> assertThat(one).contains("2 fields"), one -> assertThat(one).startsWith("It has more"),
                one -> assertThat(one).contains("4 fields"));
    }

    @Test
    void aRowThatIsNotUtf8InAFileThatIsIsRefused() {
        byte[] file = "eventId,eventName,phone\nç1,P,5\nç2,P,5\nç3,P,5\n".getBytes(StandardCharsets.UTF_8);
        file[new String(file, StandardCharsets.ISO_8859_1).indexOf('2') - 1] = 'x';
        Sheet sheet = new Sheet(file, 10, null);
        assertThat(sheet.values("eventId")).containsExactly("ç1", "ç3");
        assertThat(sheet.faults).containsExactly("The row is not UTF-8, as the rest of the file is.");
    }

    @Test
    void aCharacterThatCannotBeReadIsRefusedWhereItMatters() {
        byte[] file = "eventId,eventName,phone,note\n\u00E7,P,5,x\nb,P,5,x\n".getBytes(Charset.forName("windows-1252"));
        file[new String(file, StandardCharsets.ISO_8859_1).indexOf('b')] = (byte) 0x81;
        assertThat(new Sheet(file, 10, null).values("eventId")).satisfiesExactly(one -> assertThat(one).isEqualTo("ç"),
                one -> assertThat(one).startsWith("!'eventId'"));
    }

    @Test
    void aValueThatASpreadsheetMustNotTouchIsReadWithoutItsFormula() {
        assertThat(Sheet.of("eventId,eventName,phone\n\"=\"\"0012\"\"\",P,=\"5511\"\n").values("eventId")).containsExactly("0012");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void anEmptyFieldKeepsItsPlace(String delimiter) {
        Sheet sheet = Sheet.of("eventId~eventName~value~phone~currency~email\n~~~~~\ne~P~~5511~~a@b.example\n~P~1~5511~~\n".replace("~", delimiter));
        assertThat(sheet.lines).extracting(line -> line.json().toString()).containsExactly("{\"accountId\":\"a\",\"eventId\":\"e\","
                + "\"eventName\":\"P\",\"phoneE164\":\"5511\",\"email\":\"a@b.example\"}",
                "{\"accountId\":\"a\",\"eventName\":\"P\",\"phoneE164\":\"5511\",\"value\":1}");
    }

    @Test
    void aFileWithoutAStoredDialectProvesNothing() {
        Dialect none = Dialect.of(null, "eventId;eventName;phone;value");
        CsvLine line = new CsvConversions(none.header("eventId;eventName;phone;value"), none, "a", account -> null)
                .read(new String[] {"e", "P", "5", "1.500"});
        assertThat(line.explain(line.refusal())).contains("1500 or 1.500");
        Dialect stored = new Dialect("windows-1252", "\t", ",", true, "mixed", "UTC", "BR", List.of("x"));
        assertThat(Dialect.of(stored.json(), "")).isEqualTo(stored);
    }

    private static List<String> read(String file, String timezone) {
        return new Sheet(file.getBytes(StandardCharsets.UTF_8), 1_000, timezone).values("eventTime");
    }
}
