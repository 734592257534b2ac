package io.clickthread.http;

import io.clickthread.system.Settings;
import java.util.List;
import java.util.stream.Stream;

/** Where a request may come without an API key: its route verifies it itself. */
final class PublicPaths {

    private static final List<String> ALWAYS = List.of("/webhooks/", "/sources/"); // their senders sign

    private PublicPaths() {
    }

    /** A route is closed unless its address says that it is public, so that one that somebody adds cannot forget the key. */
    static boolean contain(String path, Settings settings) {
        return Stream.concat(ALWAYS.stream(), settings.http().publicPaths().stream()).anyMatch(path::startsWith);
    }
}
