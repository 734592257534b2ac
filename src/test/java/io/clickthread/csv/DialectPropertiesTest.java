package io.clickthread.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A table means the same however a spreadsheet writes it, and what is written ambiguously is refused, never guessed. */
class DialectPropertiesTest {

    /** How a table is written. */
    record Writing(String encoding, char delimiter, String lineEnd, Money money, boolean sep, boolean quoteAll, boolean column,
                   boolean open, int empty) {
    }

    /** How amounts are written. */
    enum Money {
        PLAIN, DE, EN, CH, IN, BR, FR, COMMA;

        String write(BigDecimal amount, int decimals) {
            BigDecimal rounded = amount.setScale(decimals, RoundingMode.UNNECESSARY);
            DecimalFormatSymbols signs = new DecimalFormatSymbols(Locale.ROOT);
            signs.setDecimalSeparator(this == DE || this == BR || this == FR || this == COMMA ? ',' : '.');
            signs.setGroupingSeparator(this == DE || this == BR ? '.' : this == CH ? '\u2019' : this == FR ? '\u00A0' : ',');
            String text = new DecimalFormat((this == PLAIN || this == COMMA ? "0" : "#,##0") + (decimals == 0 ? "" : "." + "0".repeat(decimals)),
                    signs).format(rounded);
            return switch (this) {
                case BR -> "R$ " + text;
                case IN -> indian(rounded);
                default -> text;
            };
        }

        private static String indian(BigDecimal amount) {
            String plain = amount.toPlainString();
            int point = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
            String whole = plain.substring(0, point);
            String head = whole.length() <= 3 ? "" : whole.substring(0, whole.length() - 3).replaceAll("\\B(?=(\\d\\d)+$)", ",") + ",";
            return head + whole.substring(Math.max(0, whole.length() - 3)) + plain.substring(point);
        }
    }

    @Property(tries = 400)
    void aTableIsReadTheSameInEveryDialect(@ForAll("writings") Writing writing, @ForAll("names") List<String> names,
            @ForAll @IntRange(min = 1, max = 900_000_000) int cents, @ForAll @IntRange(min = 1, max = 200) int piece) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("eventId", "eventName", "Telefone", "valor", "currency", "eventTime", "observação"));
        List<BigDecimal> amounts = IntStream.range(0, names.size())
                .mapToObj(i -> BigDecimal.valueOf(cents / (i + 1) + 1, 2)).toList();
        for (int i = 0; i < names.size(); i++) {
            table.add(List.of(names.get(i), "Purchase", "551194000000" + i, writing.money().write(amounts.get(i), 2), "BRL",
                    "2026-11-22 10:15:0" + i + " -0300", "São \"" + names.get(i)));
        }
        Sheet sheet = new Sheet(write(table, writing), piece, null);
        assertThat(sheet.faults).isEmpty();
        assertThat(sheet.values("eventId")).isEqualTo(names.stream().map(String::strip).toList());
        assertThat(sheet.values("value").stream().map(BigDecimal::new)).isEqualTo(amounts);
        assertThat(sheet.values("phoneE164")).allMatch(phone -> phone.matches("551194000000[0-5]"));
        assertThat(sheet.values("currency")).allMatch("BRL"::equals);
        assertThat(sheet.values("eventTime").get(0)).isEqualTo("1795353300");
        assertThat(sheet.dialect.ignored()).containsExactly("observação");
    }

    @Property(tries = 600)
    void anAmountIsReadAsItWasMeantOrRefused(@ForAll Money money, @ForAll("amounts") List<BigDecimal> amounts,
            @ForAll @IntRange(min = 0, max = 3) int decimals, @ForAll boolean fixed) {
        List<String> texts = amounts.stream().map(amount -> money.write(amount.setScale(decimals, RoundingMode.UP),
                fixed ? decimals : Math.max(0, amount.setScale(decimals, RoundingMode.UP).stripTrailingZeros().scale()))).toList();
        Sheet sheet = Sheet.of("eventId;eventName;phone;value;currency\n" + texts.stream()
                .map(text -> "e;Purchase;5511;" + text + ";BRL\n").collect(Collectors.joining()));
        List<String> read = sheet.values("value");
        for (int i = 0; i < amounts.size(); i++) {
            if (!read.get(i).startsWith("!")) {
                assertThat(new BigDecimal(read.get(i))).as(texts.toString()).isEqualByComparingTo(amounts.get(i).setScale(decimals, RoundingMode.UP));
            } else {
                assertThat(texts.get(i)).as("refused without need").matches("(R\\$ )?[1-9][0-9]{0,2}[.,][0-9]{3}");
                assertThat(read.get(i)).contains("column \"value\"", texts.get(i), "Write ");
            }
        }
    }

    @Property(tries = 200)
    void aColumnOfThousandsOnlyIsRefusedWhole(@ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1_000, max = 999_999) Integer> amounts,
            @ForAll boolean points) {
        Sheet sheet = Sheet.of("eventId;eventName;phone;value;currency\n" + amounts.stream().map(amount -> "e;Purchase;5511;"
                + (points ? Money.DE : Money.EN).write(BigDecimal.valueOf(amount), 0) + ";BRL\n").collect(Collectors.joining()));
        assertThat(sheet.values("value")).hasSize(amounts.size()).allMatch(read -> read.startsWith("!'value' cannot be taken"));
    }

    @Property(tries = 400)
    void aTimeIsReadAsItWasMeantOrRefused(@ForAll("patterns") String pattern,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1_700_000_000, max = 1_900_000_000) Integer> times) {
        ZoneId zone = ZoneId.of("America/New_York");
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        List<String> texts = times.stream().map(time -> format.format(Instant.ofEpochSecond(time).atZone(zone))).toList();
        byte[] file = ("eventId;eventName;phone;eventTime\n" + texts.stream().map(text -> "e;Purchase;5511;" + text + "\n")
                .collect(Collectors.joining())).getBytes(StandardCharsets.UTF_8);
        List<String> read = new Sheet(file, 500, zone.getId()).values("eventTime");
        assertThat(new Sheet(file, 500, null).values("eventTime")).allMatch(one -> one.startsWith("!"));
        for (int i = 0; i < texts.size(); i++) {
            LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochSecond(times.get(i)), zone);
            boolean twice = zone.getRules().getValidOffsets(local).size() > 1;
            if (read.get(i).startsWith("!")) {
                assertThat(twice || pattern.contains("/") && local.getDayOfMonth() <= 12).as(read.get(i)).isTrue();
            } else {
                assertThat(twice).isFalse();
                assertThat(Long.parseLong(read.get(i)) / 60).as(texts.toString()).isEqualTo(times.get(i) / 60);
            }
        }
    }

    @Provide
    Arbitrary<Writing> writings() {
        return Combinators.combine(Arbitraries.of("UTF-8", "UTF-8 marked", "UTF-16LE marked", "UTF-16BE marked", "UTF-16LE", "UTF-16BE",
                "windows-1252"), Arbitraries.of(',', ';', '\t', '|'), Arbitraries.of("\n", "\r\n", "\r"), Arbitraries.of(Money.values()),
                Arbitraries.of(true, false), Arbitraries.of(true, false), Arbitraries.of(true, false),
                Arbitraries.integers().between(0, 3)).as((encoding, delimiter, lineEnd, money, sep, quoteAll, column, empty) ->
                new Writing(encoding, delimiter, lineEnd, money, sep, quoteAll, column, empty == 0, empty));
    }

    /** Without leading or trailing spaces, which are no part of a value, and with what Windows-1252 can write. */
    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.strings().withChars("aZ9 ,;\t|\"'\n.ãçéñü-").ofMinLength(1).ofMaxLength(12).map(text -> "n" + text + "x")
                .list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<BigDecimal>> amounts() {
        return Arbitraries.longs().between(1, 5_000_000_000L).map(units -> BigDecimal.valueOf(units, 3))
                .list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("dd/MM/uuuu HH:mm", "MM/dd/uuuu h:mm a", "M/d/uuuu H:mm", "d.M.uuuu HH:mm:ss", "uuuu-MM-dd HH:mm:ss",
                "uuuu-MM-dd'T'HH:mm:ss", "uuuu/MM/dd HH:mm", "dd/MM/uuuu, HH:mm:ss");
    }

    private static byte[] write(List<List<String>> table, Writing writing) {
        StringBuilder text = new StringBuilder(writing.sep() ? "sep=" + writing.delimiter() + writing.lineEnd() : "");
        String rest = writing.column() ? String.valueOf(writing.delimiter()) : "";
        text.append(table.stream().map(row -> row.stream().map(cell -> cell(cell, writing))
                .collect(Collectors.joining(String.valueOf(writing.delimiter()))) + rest).collect(Collectors.joining(writing.lineEnd())));
        for (int i = 0; i < writing.empty(); i++) {
            text.append(writing.lineEnd()).append(i == 1 ? "" : String.valueOf(writing.delimiter()).repeat(6) + rest);
        }
        text.append(writing.open() ? "" : writing.lineEnd());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (writing.encoding().endsWith(" marked")) {
            bytes.writeBytes("\uFEFF".getBytes(Charset.forName(writing.encoding().replace(" marked", ""))));
        }
        bytes.writeBytes(text.toString().getBytes(Charset.forName(writing.encoding().replace(" marked", ""))));
        return bytes.toByteArray();
    }

    private static String cell(String cell, Writing writing) {
        boolean quoted = writing.quoteAll() || cell.chars().anyMatch(c -> c == writing.delimiter() || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
