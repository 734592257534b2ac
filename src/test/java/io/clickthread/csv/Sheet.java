package io.clickthread.csv;

import io.clickthread.csv.CsvRows.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Reads a file as imports and the folder do: once for its dialect, once for its rows. */
final class Sheet {

    final Dialect dialect;
    final List<CsvLine> lines = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    final List<Long> numbers = new ArrayList<>();

    /** In pieces of some bytes, and with a time zone or null. */
    Sheet(byte[] file, int piece, String timezone) {
        try {
            byte[] whole = all(file);
            CsvHead head = CsvHead.of(java.util.Arrays.copyOf(whole, Math.min(whole.length, CsvHead.ENOUGH)));
            CsvSurvey survey = new CsvSurvey(head);
            pieces(whole, head, piece).forEach(bytes -> survey.add(bytes, false));
            survey.add(new byte[0], true);
            dialect = survey.dialect(timezone, null);
            CsvFeed feed = new CsvFeed(head, dialect.charset());
            CsvConversions conversions = new CsvConversions(head.header(), dialect, "a", account -> (ZoneId) null);
            for (byte[] bytes : pieces(whole, head, piece)) {
                feed.add(bytes, false);
                rows(feed, conversions);
            }
            feed.add(new byte[0], true);
            rows(feed, conversions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Sheet of(String file) {
        return new Sheet(file.getBytes(java.nio.charset.StandardCharsets.UTF_8), 1_000, null);
    }

    private void rows(CsvFeed feed, CsvConversions conversions) {
        for (Row row = feed.next(); row != null; row = feed.next()) {
            numbers.add(feed.line(row));
            if (row.cells() == null) {
                faults.add(row.fault());
            } else {
                lines.add(conversions.read(row.cells()));
            }
        }
    }

    private static byte[] all(byte[] file) throws IOException {
        try (InputStream input = CsvInput.of(new ByteArrayInputStream(file))) {
            return input.readAllBytes();
        }
    }

    private static List<byte[]> pieces(byte[] whole, CsvHead head, int piece) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = head.end(); i < whole.length; i += piece) {
            pieces.add(java.util.Arrays.copyOfRange(whole, i, Math.min(whole.length, i + piece)));
        }
        return pieces;
    }

    /** A field of every row that was read, as text; {@code !} and the reason for one that was refused. */
    List<String> values(String field) {
        return lines.stream().map(line -> line.refusal() != null ? "!" + line.explain(line.refusal())
                : line.json().path(field).isNumber() ? line.json().path(field).decimalValue().toPlainString()
                : line.json().path(field).asText()).toList();
    }
}
