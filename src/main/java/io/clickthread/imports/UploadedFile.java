package io.clickthread.imports;

import io.clickthread.csv.CsvHead;
import io.clickthread.csv.CsvInput;
import io.clickthread.csv.CsvSurvey;
import io.clickthread.http.Problem;
import io.clickthread.security.Vault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A file that arrives: one sealed piece after the other, each a row of {@code import_chunk}. While it arrives, its rows are
 * looked at for what they show of its dialect, so that this costs no reading of its own.
 */
public final class UploadedFile implements Iterator<Map<String, Object>> {

    private static final int PIECE = 262_144; // four times the longest record

    private final String id;
    private final Vault vault;
    private final long most;
    private final InputStream content;
    private final MessageDigest digest = sha256();
    private final CsvHead head;
    private final CsvSurvey survey;
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
        try {
            InputStream counted = CsvInput.of(new DigestInputStream(content, digest));
            byte[] begin = counted.readNBytes(CsvHead.ENOUGH);
            this.head = CsvHead.of(begin);
            this.survey = new CsvSurvey(head);
            this.content = new SequenceInputStream(new ByteArrayInputStream(begin), counted);
        } catch (IOException e) {
            throw broken();
        }
    }

    /**
     * The parameters of {@code begin-import.sql}, but for the account.
     *
     * @return id and header
     */
    Map<String, Object> begin() {
        return Map.of("id", id, "header", head.header().text());
    }

    /**
     * The file is whole.
     *
     * @param timezone of its times without an offset, or null
     * @param country  of its phone numbers without a country code, or null
     * @return the parameters of {@code finish-upload.sql}
     */
    Map<String, Object> finished(String timezone, String country) {
        survey.add(new byte[0], true);
        Map<String, Object> row = new HashMap<>();
        row.put("id", id);
        row.put("bytes", bytes);
        row.put("sha256", digest.digest());
        row.put("position", head.end());
        row.put("line", head.lines() + 1);
        row.put("dialect", survey.dialect(timezone, country).json());
        return row;
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
            byte[] piece = read((int) Math.min(PIECE, most - bytes + 1));
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
        int behind = (int) Math.max(0, Math.min(piece.length, head.end() - start));
        survey.add(behind == 0 ? piece : Arrays.copyOfRange(piece, behind, piece.length), false);
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

    private byte[] read(int length) {
        try {
            return content.readNBytes(length);
        } catch (IOException e) {
            throw broken();
        }
    }

    private static Problem broken() {
        return Problem.invalid("upload_broken", null, "The upload broke off; nothing of it was taken. Send the file again.");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }
}
