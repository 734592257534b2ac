package io.clickthread.support;

import io.clickthread.support.Server.Reply;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One connection, byte by byte, for what no HTTP client would do. */
public final class RawClient implements Closeable {

    private final Socket socket = new Socket();
    private final BufferedInputStream in;
    private String headers = "";

    public RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** One whose system keeps no more than about so many bytes that are not read; 0 for the usual. */
    public RawClient(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Forgets the headers of earlier requests. */
    public RawClient fresh() {
        headers = "";
        return this;
    }

    /** Adds a header to all requests that follow. */
    public RawClient header(String name, String value) {
        headers += name + ": " + value + "\r\n";
        return this;
    }

    public RawClient key() {
        return key(Server.KEY);
    }

    public RawClient key(String key) {
        return header("Authorization", "Bearer " + key);
    }

    /** The head of a request with a body of this length, for example {@code "POST /webhooks/meta"}. */
    public RawClient head(String line, int length) throws IOException {
        return send((line + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    public RawClient chunkedHead(String line) throws IOException {
        return send((line + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The next answer. */
    public Reply reply() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, List<String>> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            found.put(line.substring(0, line.indexOf(':')), List.of(line.substring(line.indexOf(':') + 1).trim()));
        }
        byte[] body = new byte[Integer.parseInt(found.getOrDefault("Content-Length", List.of("0")).get(0))];
        if (in.readNBytes(body, 0, body.length) < body.length) {
            throw new IOException("Closed by the server");
        }
        return new Reply(status, found, new String(body, StandardCharsets.UTF_8));
    }

    /** Whether the server closes it within the timeout. */
    public boolean isClosed() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether sending this fails, because the server has closed the connection. */
    public boolean isGoneWhenSent(String text) {
        return isGoneWhenSent(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The same for bytes. */
    public boolean isGoneWhenSent(byte[] bytes) {
        try {
            send(bytes);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Ends it as a machine that dies does. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("Closed by the server");
            }
            line.append((char) next);
        }
        return line.toString().trim();
    }
}
