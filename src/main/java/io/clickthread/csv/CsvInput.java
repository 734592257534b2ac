package io.clickthread.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A file in an encoding whose ASCII characters are one byte each, so that its records are found without decoding it: a
 * file in UTF-16, which is told by its byte order mark or by the zero bytes of its first two characters, becomes UTF-8;
 * every other file stays as it is.
 */
public final class CsvInput extends InputStream {

    private static final int BLOCK = 8_192;

    private final Reader reader;
    private final char[] characters = new char[BLOCK];
    private byte[] block = new byte[0];
    private int next;

    private CsvInput(InputStream content, Charset charset) {
        this.reader = new InputStreamReader(content, charset);
    }

    /**
     * Begins to read a file.
     *
     * @param content its bytes; they are closed with what is returned
     * @return UTF-8 without a mark if it was UTF-16, else the same bytes
     * @throws IOException if the bytes cannot be read
     */
    public static InputStream of(InputStream content) throws IOException {
        byte[] begin = content.readNBytes(4);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(begin), content);
        if (begin.length < 4) {
            return whole;
        }
        int mark = (begin[0] & 0xFF) << 8 | begin[1] & 0xFF;
        if (mark == 0xFEFF || mark == 0xFFFE) {
            return new CsvInput(whole, StandardCharsets.UTF_16); // takes the mark away
        }
        boolean little = begin[0] != 0 && begin[1] == 0 && begin[2] != 0 && begin[3] == 0;
        boolean big = begin[0] == 0 && begin[1] != 0 && begin[2] == 0 && begin[3] != 0;
        return little ? new CsvInput(whole, StandardCharsets.UTF_16LE)
                : big ? new CsvInput(whole, StandardCharsets.UTF_16BE) : whole;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length > 0 && next == block.length && !fill()) {
            return -1;
        }
        int count = Math.min(length, block.length - next);
        System.arraycopy(block, next, into, offset, count);
        next += count;
        return count;
    }

    /** Half a pair of surrogates at the end of a block waits for its other half; the decoder brings no lone ones. */
    private boolean fill() throws IOException {
        int count = reader.read(characters, 0, BLOCK - 1);
        if (count < 0) {
            return false;
        }
        if (Character.isHighSurrogate(characters[count - 1])) {
            int low = reader.read();
            characters[count] = (char) low;
            count += low < 0 ? 0 : 1;
        }
        block = new String(characters, 0, count).getBytes(StandardCharsets.UTF_8);
        next = 0;
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
