package io.clickthread.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that answers a call to the Graph API with anything, against the limits of a call. */
class CallLimitsTest {

    private static final Duration TOTAL = Duration.ofSeconds(2);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final AtomicLong written = new AtomicLong();
    private final CloseableHttpClient client = HttpClients.custom().disableAutomaticRetries()
            .addExecInterceptorFirst("limits", new CallLimits(TOTAL)).build();
    private ServerSocket server;

    @FunctionalInterface
    private interface Answer {
        void write(OutputStream out) throws Exception;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void anAnswerOfTheUsualSizeIsReadWhole() throws Exception {
        String body = "x".repeat(CallLimits.MOST_BYTES);

        assertThat(call(out -> out.write((HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes())))
                .isEqualTo(body);
    }

    @Test
    void anAnswerWithoutAnEndIsCutOffAtTheLimit() {
        assertThatThrownBy(() -> call(out -> {
            send(out, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            while (true) {
                send(out, "10000\r\n" + "x".repeat(0x10000) + "\r\n");
            }
        })).isInstanceOf(IOException.class);
        assertThat(written.get()).as("taken off the socket, and its buffers").isLessThan(20_000_000);
    }

    @Test
    void aPackedAnswerIsMeasuredUnpacked() {
        assertThatThrownBy(() -> call(out -> {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(new byte[50_000_000]);
            }
            send(out, HEAD + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
            packed.writeTo(out);
        })).isInstanceOf(IOException.class).hasMessageContaining("larger");
    }

    @Test
    void headersThatTrickleInEndWithTheDeadline() {
        isCutOffInTime(out -> {
            send(out, "HTTP/1.1 200 OK\r\n");
            trickle(out, "X: y\r\n");
        });
    }

    @Test
    void aBodyThatTricklesInEndsWithTheDeadline() {
        isCutOffInTime(out -> {
            send(out, HEAD + "Content-Length: 1000000\r\n\r\n");
            trickle(out, "x");
        });
    }

    @Test
    void silenceEndsWithTheDeadline() {
        isCutOffInTime(out -> trickle(out, ""));
    }

    private void isCutOffInTime(Answer answer) {
        long before = System.nanoTime();
        assertThatThrownBy(() -> call(answer)).isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(TOTAL, TOTAL.multipliedBy(5));
    }

    private String call(Answer answer) throws Exception {
        CompletableFuture.runAsync(() -> {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                for (int last4 = 0; last4 != 0x0d0a0d0a;) {
                    last4 = last4 << 8 | in.read();
                }
                answer.write(socket.getOutputStream());
            } catch (Exception e) {
                // the client has gone
            }
        });
        return client.execute(new HttpGet("http://localhost:" + server.getLocalPort() + "/"),
                response -> new String(response.getEntity().getContent().readAllBytes(), StandardCharsets.UTF_8));
    }

    private void trickle(OutputStream out, String piece) throws Exception {
        while (true) {
            new CompletableFuture<Void>().completeOnTimeout(null, 100, TimeUnit.MILLISECONDS).join();
            send(out, piece);
        }
    }

    private void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        written.addAndGet(text.length());
    }
}
