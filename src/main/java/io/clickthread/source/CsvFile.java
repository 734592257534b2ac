package io.clickthread.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * One CSV file, read a line at a time however large it is. Its first line names the API's fields; other columns are
 * ignored. Separators are commas, or semicolons if the first line has more of these. What was refused is written to a
 * list while the file is read.
 */
public final class CsvFile implements Iterator<SourceMessage>, Closeable {

    private static final CsvMapper CSV = CsvMapper.csvBuilder().enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final Path list;
    private final ObjectMapper json;
    private final MappingIterator<String[]> lines;
    private String[] header = {};
    private BufferedWriter refusals;
    private SourceMessage next;
    private long line;
    private int taken;
    private int refused;

    /** Opens a file; {@code list} is where the list of refusals is written, if there are any. */
    CsvFile(Path file, Path list, ObjectMapper json) throws IOException {
        this.file = file;
        this.list = list;
        this.json = json;
        BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        reader.mark(1 << 16);
        String first = String.valueOf(reader.readLine());
        reader.reset();
        boolean semicolons = first.chars().filter(c -> c == ';').count() > first.chars().filter(c -> c == ',').count();
        this.lines = CSV.readerFor(String[].class)
                .with(CsvSchema.emptySchema().withColumnSeparator(semicolons ? ';' : ',')).readValues(reader);
        String[] names = read();
        if (names != null) {
            names[0] = names[0].replace(BYTE_ORDER_MARK, "");
            header = names;
        }
        if (Arrays.stream(header).map(String::strip).noneMatch(ConversionFields::isField)) {
            refuse(1, "The first line must name the fields of POST /api/v1/whatsapp/conversions.");
            header = new String[0];
        } else {
            next = advance();
        }
    }

    Path list() {
        return list;
    }

    Path file() {
        return file;
    }

    int taken() {
        return taken;
    }

    int refused() {
        return refused;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public SourceMessage next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        SourceMessage current = next;
        next = advance();
        return current;
    }

    /** Counts a line, and lists it if it was refused. */
    void note(SourceResult result) throws IOException {
        taken += result.taken();
        if (result.isRefused()) {
            refuse(Long.parseLong(result.message().place().replaceAll(".* line ", "")), result.refusal());
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
        if (refusals != null) {
            refusals.close();
        }
    }

    private SourceMessage advance() {
        try {
            String[] values = read();
            while (values != null) {
                if (values.length <= header.length) {
                    return message(values);
                }
                refuse(line, "It has more columns than the first line.");
                values = read();
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SourceMessage message(String[] values) throws JsonProcessingException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            fields.put(header[i].strip(), values[i]);
        }
        return new SourceMessage(CsvFolder.SOURCE, file.getFileName() + ", line " + line, json.writeValueAsBytes(fields));
    }

    /** The next line's values; null at the end, or where the rest cannot be read, which is listed. */
    private String[] read() throws IOException {
        try {
            if (!lines.hasNextValue()) {
                return null;
            }
            String[] values = lines.nextValue();
            line = lines.getParser().currentTokenLocation().getLineNr();
            return values;
        } catch (JsonProcessingException e) {
            refuse(line + 1, "From here on the file is no CSV; is a quotation mark missing?");
            return null;
        }
    }

    private void refuse(long at, String reason) throws IOException {
        if (refusals == null) {
            Files.createDirectories(list.getParent());
            refusals = Files.newBufferedWriter(list, StandardCharsets.UTF_8);
            refusals.write("line,reason\n");
        }
        refused++;
        refusals.write(at + ",\"" + reason.replace("\"", "\"\"") + "\"\n");
    }
}
