package io.clickthread.csv;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Makes conversions of a file's rows: the fields of {@code POST /whatsapp/conversions}. An empty field was not given. */
public final class CsvConversions {

    private static final Pattern BETWEEN_IDS = Pattern.compile("[|\\s]+");
    private static final Pattern SCIENTIFIC = Pattern.compile("\\+?[0-9]+(?:[.,][0-9]+)?[eE]\\+?[0-9]+");
    private static final Pattern AS_DECIMAL = Pattern.compile("(\\+?[0-9]{5,20})[.,]0+");
    private static final Pattern INTERNATIONAL = Pattern.compile("\\+|00");
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private final CsvHeader header;
    private final Dialect dialect;
    private final String accountId;
    private final Function<String, ZoneId> zones;

    /**
     * Sets it up.
     *
     * @param header    of the file
     * @param dialect   of the file
     * @param accountId that every row belongs to; null: each may name its own
     * @param zones     the time zone of an account's times, if the file has none of its own; the account is null if the row
     *                  names none, and so may be the zone
     */
    public CsvConversions(CsvHeader header, Dialect dialect, String accountId, Function<String, ZoneId> zones) {
        this.header = header;
        this.dialect = dialect;
        this.accountId = accountId;
        this.zones = zones;
    }

    /**
     * Reads a row.
     *
     * @param cells as many as the header has columns
     * @return the conversion, with the reason if the row cannot be taken; the rest is for the API to judge
     */
    public CsvLine read(String[] cells) {
        RowFaults faults = new RowFaults(header, cells);
        ObjectNode json = JSON.objectNode();
        if (accountId != null) {
            json.put("accountId", accountId);
        }
        String value = "";
        String currency = "";
        for (int i = 0; i < cells.length; i++) {
            String field = header.fields().get(i);
            String cell = field == null ? "" : CellText.of(cells[i]);
            if (cell.indexOf('\uFFFD') >= 0) {
                faults.add(field, "has a character that cannot be read. Save the file as CSV UTF-8.");
            } else if (!cell.isEmpty()) {
                switch (field) {
                    case "value" -> value = cell;
                    case "currency" -> currency = cell;
                    case "eventTime" -> new TimeCell(dialect, faults).put(json, cell, () -> zone(cells));
                    case "phoneE164" -> putPhone(json, cell, faults);
                    case "country" -> putCountry(json, cell, cells, faults);
                    case "accountId" -> putAccount(json, cell, faults);
                    case "contentIds" -> BETWEEN_IDS.splitAsStream(cell).filter(id -> !id.isEmpty())
                            .forEach(json.withArray(field)::add);
                    default -> json.put(field, cell);
                }
            }
        }
        new AmountCell(dialect, faults).put(json, value, currency);
        if (dialect.country() != null && !json.has("country") && json.has("phoneE164")) {
            json.put("country", dialect.country());
        }
        return new CsvLine(header, cells, json, faults.problem());
    }

    private ZoneId zone(String[] cells) {
        int column = header.fields().indexOf("accountId");
        return dialect.timezone() != null ? ZoneId.of(dialect.timezone())
                : zones.apply(accountId != null ? accountId : column < 0 || cells[column].isEmpty() ? null : cells[column]);
    }

    private void putAccount(ObjectNode json, String cell, RowFaults faults) {
        if (accountId != null && !accountId.equals(cell)) {
            faults.add("accountId", "is another account than the import's.");
        } else {
            json.put("accountId", cell);
        }
    }

    /** A number that went through a program that takes it for an amount comes with decimals, which are no digits of it. */
    private static void putPhone(ObjectNode json, String cell, RowFaults faults) {
        String text = CellText.plain(cell);
        if (SCIENTIFIC.matcher(text).matches()) {
            faults.add("phoneE164", "is in scientific form, in which digits are lost. Format the column as text, and enter the "
                    + "numbers again.");
        } else {
            json.put("phoneE164", AS_DECIMAL.matcher(text).replaceFirst("$1"));
        }
    }

    /** A phone with its country code needs no country; one without would be taken for one of the account's own country. */
    private void putCountry(ObjectNode json, String cell, String[] cells, RowFaults faults) {
        String code = Countries.code(cell);
        int phone = header.fields().indexOf("phoneE164");
        if (code != null) {
            json.put("country", code);
        } else if (phone < 0 || !INTERNATIONAL.matcher(CellText.plain(cells[phone])).lookingAt()) {
            faults.add("country", "names no country. Write its two letters of ISO 3166, for example BR.");
        }
    }
}
