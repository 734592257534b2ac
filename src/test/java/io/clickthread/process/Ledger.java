package io.clickthread.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the client was promised, a line each, on the disk before the client goes on. */
final class Ledger implements AutoCloseable {

    /** What a ledger says; by phone, in the order in which it was acknowledged. */
    record Promises(Map<String, List<String>> clicks, Map<String, List<String>> conversions) {
    }

    private final Path file;
    private final FileChannel channel;
    private final AtomicInteger size = new AtomicInteger();

    Ledger(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** A click was acknowledged. */
    void click(String phone, String clickId) {
        write("click", phone, clickId);
    }

    /** A conversion was acknowledged. */
    void conversion(String phone, String eventId) {
        write("conversion", phone, eventId);
    }

    /** How many promises it holds. */
    int size() {
        return size.get();
    }

    /** Reads all of it. */
    Promises promises() throws IOException {
        Promises promises = new Promises(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t");
            (parts[0].equals("click") ? promises.clicks : promises.conversions)
                    .computeIfAbsent(parts[1], phone -> new ArrayList<>()).add(parts[2]);
        }
        return promises;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private synchronized void write(String... parts) {
        try {
            channel.write(ByteBuffer.wrap((String.join("\t", parts) + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        size.incrementAndGet();
    }
}
