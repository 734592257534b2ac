package io.clickthread.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A file that is sent in pieces, without saying how long it is, for as long as a test wants. */
public final class SlowUpload implements AutoCloseable {

    private final Socket socket;

    public SlowUpload(TestAccount account, String path) throws IOException {
        socket = new Socket("localhost", account.server.port);
        socket.setSoTimeout(20_000);
        write("POST " + path + "?accountId=" + account.id + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Server.KEY + "\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /** Sends the next piece, in plain characters. */
    public void send(String piece) throws IOException {
        write(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
    }

    /** The first line of the answer. */
    public String answer() throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
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
