import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Meta's Graph API as the benchmark needs it: it takes every event. One thread and no parsing beyond the first line,
 * because it shares the machine with what is measured. The last three digits of a dataset's id say after how many
 * milliseconds its events are answered, so there is nothing to set.
 */
public final class StandIn {

    private static final Pattern EVENTS = Pattern.compile("POST \\S*?(\\d{3})/events ");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final byte[] RECEIVED = answer("{\"events_received\":1,\"messages\":[],\"fbtrace_id\":\"x\"}");
    private static final byte[] DETAILS = answer("{\"display_phone_number\":\"+1 555-078-3881\",\"verified_name\":"
            + "\"Benchmark\",\"quality_rating\":\"GREEN\",\"id\":\"1\"}");

    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));

    private record Due(long at, SocketChannel channel, byte[] answer) {
    }

    /**
     * Serves until it is killed.
     *
     * @param args the port, on loopback
     */
    public static void main(String[] args) throws IOException {
        new StandIn().serve(Integer.parseInt(args[0]));
    }

    private void serve(int port) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress("127.0.0.1", port), 1024).configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        System.out.println("listening");
        while (true) {
            Due next = due.peek();
            long wait = next == null ? 0 : Math.max(1, (next.at - System.nanoTime() + 999_999) / 1_000_000);
            selector.select(key -> handle(selector, key), wait);
            while ((next = due.peek()) != null && next.at <= System.nanoTime()) {
                due.poll();
                send(next.channel, next.answer);
            }
        }
    }

    private void handle(Selector selector, SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(64 * 1024));
            } else {
                read((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
            }
        } catch (IOException e) {
            key.cancel();
            close(key);
        }
    }

    /** A client sends its next request only after the answer to the last, so the buffer never holds two. */
    private void read(SocketChannel channel, ByteBuffer in) throws IOException {
        if (channel.read(in) < 0) {
            channel.close();
            return;
        }
        String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        Matcher length = LENGTH.matcher(text).region(0, end);
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        if (in.position() < end + 4 + body) {
            return;
        }
        in.clear();
        Matcher events = EVENTS.matcher(text);
        if (!events.lookingAt()) {
            send(channel, DETAILS);
            return;
        }
        int delay = Integer.parseInt(events.group(1));
        if (delay == 0) {
            send(channel, RECEIVED);
        } else {
            due.add(new Due(System.nanoTime() + delay * 1_000_000L, channel, RECEIVED));
        }
    }

    private static void send(SocketChannel channel, byte[] answer) {
        try {
            channel.write(ByteBuffer.wrap(answer)); // a hundred bytes into an empty socket buffer: never in part
        } catch (IOException e) {
            System.err.println("An answer found no connection: " + e.getMessage());
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            System.err.println("A connection did not close: " + e.getMessage());
        }
    }

    private static byte[] answer(String json) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n"
                + json).getBytes(StandardCharsets.US_ASCII);
    }
}
