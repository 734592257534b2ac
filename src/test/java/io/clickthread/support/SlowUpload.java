package io.clickthread.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file that is sent in pieces, without saying how long it is, for as long as a test wants. */
public final class SlowUpload implements AutoCloseable {

    private final Socket socket;

    public SlowUpload(TestAccount account, String path) throws IOException {
        this(account, path, "Transfer-Encoding: chunked");
    }

    /** One that says how long it is, and sends nothing. */
    public SlowUpload(TestAccount account, String path, long length) throws IOException {
        this(account, path, "Content-Length: " + length);
    }

    private SlowUpload(TestAccount account, String path, String length) throws IOException {
        socket = new Socket("localhost", account.server.port);
        socket.setSoTimeout(20_000);
        write("POST " + path + "?accountId=" + account.id + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Server.KEY + "\r\nContent-Type: text/csv\r\n" + length + "\r\n\r\n");
    }

    /** Sends the next piece, in plain characters. */
    public void send(String piece) throws IOException {
        write(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
    }

    /** The first line of the answer. */
    public String answer() throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    /** The whole answer, which says how long it is. */
    public Server.Reply reply() throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        int status = Integer.parseInt(reader.readLine().split(" ")[1]);
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
            headers.put(line.substring(0, line.indexOf(':')), List.of(line.substring(line.indexOf(':') + 1).trim()));
        }
        Server.Reply head = new Server.Reply(status, headers, "");
        char[] body = new char[Integer.parseInt(head.header("Content-Length"))];
        for (int read = 0; read < body.length;) {
            read += reader.read(body, read, body.length - read);
        }
        return new Server.Reply(status, headers, new String(body));
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Hangs up, whether the file is whole or not. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
