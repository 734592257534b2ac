package io.clickthread.system;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the addresses among the settings are addresses, and say how they are meant to be written if not. */
final class AddressCheck {

    private static final String JDBC = "jdbc:postgresql:";
    private static final Pattern LIBPQ = Pattern.compile("postgres(?:ql)?://(?:[^@/]*@)?([^/?]+)(?:/([^?]*))?(?:\\?.*)?");

    private AddressCheck() {
    }

    /**
     * Looks at the address of the database. Platforms hand out {@code postgres://user:password@host/name}, which JDBC does
     * not know; user and password in it are not repeated.
     */
    static void database(String url, Consumer<String> fault) {
        Matcher libpq = LIBPQ.matcher(url);
        if (libpq.matches()) {
            fault.accept("CLICKTHREAD_DATABASE_URL is not a JDBC address: write " + JDBC + "//" + libpq.group(1) + "/"
                    + (libpq.group(2) == null ? "" : libpq.group(2))
                    + ", with user and password in CLICKTHREAD_DATABASE_USERNAME and CLICKTHREAD_DATABASE_PASSWORD");
        } else if (!url.isBlank() && (!url.startsWith(JDBC) || org.postgresql.Driver.parseURL(url, null) == null)) {
            fault.accept("CLICKTHREAD_DATABASE_URL is not a JDBC address of PostgreSQL: write " + JDBC
                    + "//host:5432/clickthread");
        }
    }

    /** Looks at Meta's address. Access tokens travel to it, so it is encrypted, unless it never leaves the machine. */
    static void graph(String text, Consumer<String> fault) {
        if (text.isBlank()) { // the profile local has none without the simulator
            fault.accept("CLICKTHREAD_GRAPH_URL is missing: Meta's is https://graph.facebook.com; to have the simulator in its "
                    + "place, which is not part of the jar, run mvn spring-boot:run");
            return;
        }
        URI url = parse(text);
        if (url == null) {
            fault.accept("CLICKTHREAD_GRAPH_URL is not an address");
            return;
        }
        String host = String.valueOf(url.getHost());
        boolean loopback = host.equals("localhost") || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
        if (!"https".equals(url.getScheme()) && !(loopback && "http".equals(url.getScheme()))) {
            fault.accept("CLICKTHREAD_GRAPH_URL must be https, except on loopback");
        } else if (url.getHost() == null) {
            fault.accept("CLICKTHREAD_GRAPH_URL names no host: write https://graph.facebook.com");
        }
    }

    /** Looks at this server's own address, which providers are told. */
    static void publicUrl(String text, Consumer<String> fault) {
        URI url = parse(text);
        if (!text.isBlank() && (url == null || url.getHost() == null
                || !List.of("http", "https").contains(String.valueOf(url.getScheme())))) {
            fault.accept("CLICKTHREAD_PUBLIC_URL is not an address: write it as https://clicks.example.com");
        }
    }

    private static URI parse(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
