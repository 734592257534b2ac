package io.clickthread.csv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a file is written, decided once over the whole of it, and what its sender says about it. It is stored with an import,
 * so that rows mean the same whoever reads them, and when.
 *
 * @param encoding    {@code UTF-8} or {@code windows-1252}
 * @param delimiter   between fields
 * @param decimalSign what the amounts show: {@code .}, {@code ,}, {@code mixed}, or null if none shows it
 * @param thirds      whether an amount surely has three decimals
 * @param dateOrder   what the dates show: {@code day-first}, {@code month-first}, {@code mixed}, or null if none shows it
 * @param timezone    of times without an offset, a name of the IANA database; null: they are refused
 * @param country     of phone numbers without a country code, ISO 3166-1 alpha-2, or null
 * @param ignored     the names of columns that are not read, or null if there are none
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Dialect(String encoding, String delimiter, String decimalSign, boolean thirds, String dateOrder, String timezone,
                      String country, List<String> ignored) {

    static final String MIXED = "mixed";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads what {@link #json} wrote.
     *
     * @param json   of an import; null for one that began before dialects were stored
     * @param header the import's header, which is all that is known of such a one
     * @return the dialect
     */
    public static Dialect of(String json, String header) {
        try {
            return json == null ? new Dialect(StandardCharsets.UTF_8.name(), String.valueOf(CsvHeader.delimiter(header)), null,
                    false, null, null, null, null) : JSON.readValue(json, Dialect.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored dialect cannot be read", e);
        }
    }

    /**
     * The dialect as text.
     *
     * @return JSON
     */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // of a record of texts
        }
    }

    /**
     * The encoding.
     *
     * @return UTF-8 or Windows-1252
     */
    public Charset charset() {
        return Charset.forName(encoding);
    }

    /**
     * The header of a file in this dialect.
     *
     * @param text the header's row
     * @return the header
     */
    public CsvHeader header(String text) {
        return CsvHeader.of(text, delimiter.charAt(0));
    }
}
