import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A closed loop: every connection sends its next request once the last one was answered. One thread, raw sockets, and
 * requests that are bytes with their signatures before the clock starts, because the generator shares the machine with
 * what it measures. No request is sent twice. What was acknowledged goes to a file, to be looked for in the database.
 */
public final class Load {

    private static final long PREPARED_BYTES = 512L << 20;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final Pattern ACCOUNT = Pattern.compile("\"accountId\":\"([0-9a-f]{24})\"");

    private static final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
        private SelectionKey key;
        private ByteBuffer out;
        private Requests.Call call;
        private long began;

        private Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final Map<String, String> options;
    private final Requests requests;
    private final boolean converts;
    private final LongFunction<Requests.Call> maker;
    private final String number;
    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private String account;
    private long next;
    private List<Requests.Call> calls;
    private int started;
    private int open;
    private long deadline;
    private final List<Requests.Call> acknowledged = new ArrayList<>();
    private int[] micros = new int[1 << 16];
    private int answered;
    private int refused;

    /**
     * Runs one scenario and prints one line: requests, seconds, p50 and p99 in µs, CPU in ms of server, database,
     * stand-in and this generator, and how many requests were not answered as they should.
     *
     * @param args {@code name=value}: scenario (click, mix, fifty, conversion), series (a number of its own), delay (of
     *             Meta's answers, in ms), port, connections, warmup, seconds, secret, key, server, database, graph
     *             (process ids), acknowledged (a file)
     */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        Arrays.stream(args).map(arg -> arg.split("=", 2)).forEach(pair -> options.put(pair[0], pair[1]));
        new Load(options).run();
    }

    private Load(Map<String, String> options) throws Exception {
        this.options = options;
        this.number = "2000000" + option("series");
        this.requests = new Requests(option("series"), number, options.get("secret"), options.get("key"));
        this.converts = options.get("scenario").equals("conversion");
        this.maker = switch (options.get("scenario")) {
            case "click" -> n -> requests.clicks(n, 1);
            case "fifty" -> n -> requests.clicks(n * 50, 50);
            case "mix" -> n -> n % 20 == 0 ? requests.clicks(n, 1)
                    : n % 20 < 8 ? requests.organic(n) : requests.status(n);
            case "conversion" -> n -> requests.conversion(account, n);
            default -> throw new IllegalArgumentException("There is no scenario " + options.get("scenario"));
        };
        this.next = Requests.CONTACTS;
    }

    private void run() throws Exception {
        connect();
        for (int i = 0; i < option("connections"); i++) {
            Connection connection = new Connection(SocketChannel.open(new InetSocketAddress("127.0.0.1", option("port"))));
            connection.channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
            connection.key = connection.channel.register(selector, SelectionKey.OP_READ, connection);
            connections.add(connection);
        }
        calls = LongStream.range(0, Requests.CONTACTS / 50).mapToObj(i -> requests.clicks(i * 50, 50)).toList();
        loop(Long.MAX_VALUE);

        long warm = System.nanoTime() + option("warmup") * 1_000_000_000L;
        double rate = 500;
        do {
            prepare(rate * 1.5);
            rate = Math.max(rate, loop(System.nanoTime() + 1_000_000_000L));
        } while (System.nanoTime() < warm);

        prepare(rate * option("seconds") * 1.3); // if they do not last, the run is shorter, and its clock too
        answered = 0;
        refused = 0;
        long[] before = cpu();
        long start = System.nanoTime();
        loop(start + option("seconds") * 1_000_000_000L);
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] after = cpu();
        save();
        Arrays.sort(micros, 0, answered);
        System.out.printf(Locale.ROOT, "%d %.3f %d %d %d %d %d %d %d%n", answered, seconds, micros[answered / 2],
                micros[(int) (answered * 0.99)], after[0] - before[0], after[1] - before[1], after[2] - before[2],
                after[3] - before[3], refused);
    }

    /** Connecting is repeatable: the same number keeps its account. */
    private void connect() throws IOException, InterruptedException {
        String body = """
                {"accessToken":"EAAbenchmark","wabaId":"1000000%1$s","phoneNumberId":"%2$s","metaCapiDatasetId":"%3$s"}"""
                .formatted(option("series"), number, 3_000_000_000L + option("series") * 1_000L + option("delay"));
        HttpResponse<String> response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + option("port") + "/api/v1/connect/whatsapp/credentials"))
                .header("Authorization", "Bearer " + options.get("key")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
        Matcher found = ACCOUNT.matcher(response.body());
        if (!found.find()) {
            throw new IOException("No account was connected: " + response.body());
        }
        account = found.group(1);
    }

    private void prepare(double count) {
        calls = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < count && bytes < PREPARED_BYTES; i++) {
            Requests.Call call = maker.apply(next++);
            bytes += call.bytes().length;
            calls.add(call);
        }
    }

    /** Sends what was prepared until it ends or time is up, and waits for every answer; gives back the requests/s. */
    private double loop(long until) throws IOException {
        int before = answered;
        long start = System.nanoTime();
        deadline = until;
        started = 0;
        for (Connection connection : connections) {
            begin(connection);
        }
        while (open > 0) {
            selector.select(key -> {
                try {
                    move((Connection) key.attachment());
                } catch (IOException e) {
                    throw new IllegalStateException("A connection broke", e);
                }
            });
        }
        return (answered - before) * 1e9 / (System.nanoTime() - start);
    }

    private void begin(Connection connection) throws IOException {
        if (started == calls.size() || System.nanoTime() >= deadline) {
            return;
        }
        connection.call = calls.get(started++);
        connection.out = ByteBuffer.wrap(connection.call.bytes());
        connection.in.clear();
        open++;
        connection.began = System.nanoTime();
        write(connection);
    }

    private static void write(Connection connection) throws IOException {
        connection.channel.write(connection.out);
        int interest = connection.out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (connection.key.interestOps() != interest) {
            connection.key.interestOps(interest);
        }
    }

    private void move(Connection connection) throws IOException {
        if (connection.out.hasRemaining()) {
            write(connection);
            return;
        }
        if (connection.channel.read(connection.in) < 0) {
            throw new IOException("The server closed it");
        }
        String text = new String(connection.in.array(), 0, connection.in.position(), StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return;
        }
        Matcher length = LENGTH.matcher(text).region(0, head);
        if (!length.find()) {
            throw new IOException("An answer without a length: " + text.substring(0, head));
        }
        if (text.length() < head + 4 + Integer.parseInt(length.group(1))) {
            return;
        }
        if (answered == micros.length) {
            micros = Arrays.copyOf(micros, answered * 2);
        }
        micros[answered++] = (int) ((System.nanoTime() - connection.began) / 1_000);
        open--;
        boolean good = text.startsWith("HTTP/1.1 200 ");
        if (!good || converts && connection.call.count() == 1 && !text.contains("\"eventsReceived\":1")) {
            if (refused++ == 0) {
                System.err.println("Not as it should be: " + text);
            }
        } else if (connection.call.count() > 0) {
            acknowledged.add(connection.call);
        }
        begin(connection);
    }

    /** Clicks: message, click id, phone. Conversions: event id, click id, nothing. */
    private void save() throws IOException {
        try (BufferedWriter file = Files.newBufferedWriter(Path.of(options.get("acknowledged")))) {
            for (Requests.Call call : acknowledged) {
                for (long n = call.first(); n < call.first() + call.count(); n++) {
                    file.write(converts && call.count() == 1
                            ? requests.eventId(n) + '\t' + requests.clickId(n % Requests.CONTACTS) + "\t\n"
                            : requests.messageId(n) + '\t' + requests.clickId(n) + '\t' + requests.phone(n) + '\n');
                }
            }
        }
    }

    private int option(String name) {
        return Integer.parseInt(options.get(name));
    }

    /** CPU in ms so far, of server, database with all its processes, stand-in and this generator. */
    private long[] cpu() throws IOException {
        long database = option("database");
        long[] used = new long[4];
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.filter(path -> path.getFileName().toString().matches("\\d+")).toList()) {
                String stat;
                try {
                    stat = Files.readString(process.resolve("stat"));
                } catch (IOException e) {
                    continue; // it ended meanwhile
                }
                long id = Long.parseLong(process.getFileName().toString());
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                int group = id == option("server") ? 0 : id == database || Long.parseLong(fields[1]) == database ? 1
                        : id == option("graph") ? 2 : id == ProcessHandle.current().pid() ? 3 : -1;
                if (group >= 0) {
                    int last = id == database ? 14 : 12; // the postmaster also answers for its children that ended
                    for (int i = 11; i <= last; i++) {
                        used[group] += Long.parseLong(fields[i]) * 10; // ticks of 10 ms
                    }
                }
            }
        }
        return used;
    }
}
