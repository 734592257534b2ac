package io.clickthread.imports;

import io.clickthread.http.Problem;
import io.clickthread.security.Vault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/** A file that arrives: one sealed piece after the other, each a row of {@code import_chunk}. */
public final class UploadedFile implements Iterator<Map<String, Object>> {

    private static final int PIECE = 262_144; // four times the longest record

    private final String id;
    private final Vault vault;
    private final long most;
    private final InputStream content;
    private final MessageDigest digest = sha256();
    private final String header;
    private final int headerEnd;
    private long bytes;
    private byte[] next;

    /**
     * Reads the header.
     *
     * @param id      of the import
     * @param content the file as it arrives
     * @param vault   seals the pieces
     * @param most    how many bytes it may have
     * @throws Problem 400 if it has no header that can be used
     */
    UploadedFile(String id, InputStream content, Vault vault, long most) {
        this.id = id;
        this.vault = vault;
        this.most = most;
        byte[] begin = read(content, CsvRecords.LONGEST);
        int end = 0;
        while (end < begin.length && begin[end] != '\n') {
            end++;
        }
        if (end == CsvRecords.LONGEST) {
            throw CsvHeader.refused("The file's first line is too long.");
        }
        this.headerEnd = Math.min(end + 1, begin.length);
        this.header = text(begin, end).strip();
        if (header.isEmpty()) {
            throw CsvHeader.refused("The file has no header.");
        }
        CsvHeader.of(header);
        this.content = new SequenceInputStream(new ByteArrayInputStream(begin), content);
    }

    /**
     * The parameters of {@code begin-import.sql}, but for the account.
     *
     * @return id and header
     */
    Map<String, Object> begin() {
        return Map.of("id", id, "header", header);
    }

    /**
     * The file is whole.
     *
     * @return the parameters of {@code finish-upload.sql}
     */
    public Map<String, Object> finished() {
        return Map.of("id", id, "bytes", bytes, "sha256", digest.digest(), "position", headerEnd);
    }

    /**
     * Waits for the next piece.
     *
     * @return whether there is one
     * @throws Problem 400 if the upload broke off, 413 if it is too large
     */
    @Override
    public boolean hasNext() {
        if (next == null) {
            next = new byte[0]; // after a failure there is none, whoever asks again
            byte[] piece = read(content, (int) Math.min(PIECE, most - bytes + 1));
            if (bytes + piece.length > most) {
                throw tooLarge(most);
            }
            next = piece;
        }
        return next.length > 0;
    }

    @Override
    public Map<String, Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        long start = bytes;
        byte[] piece = next;
        next = null;
        bytes += piece.length;
        digest.update(piece);
        return Map.of("id", id, "startAt", start, "bytes", bytes, "body", vault.seal(piece, owner(id, start)));
    }

    /** What a piece is sealed for, so that none opens in another place. */
    static String owner(String id, long start) {
        return id + ":" + start;
    }

    static Problem tooLarge(long most) {
        return Problem.of(413, "invalid_request_error", "payload_too_large",
                "The file is larger than " + most + " bytes; send it in parts.");
    }

    private static byte[] read(InputStream content, int length) {
        try {
            return content.readNBytes(length);
        } catch (IOException e) {
            throw Problem.invalid("upload_broken", null, "The upload broke off; nothing of it was taken. Send the file again.");
        }
    }

    private static String text(byte[] bytes, int end) {
        boolean marked = end >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        try {
            String text = StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, marked ? 3 : 0, marked ? end - 3 : end)).toString();
            if (text.indexOf(0) < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // refused below, with what PostgreSQL does not store
        }
        throw CsvHeader.refused("The file's first line is not UTF-8.");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }
}
