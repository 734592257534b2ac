package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.RawClient;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Requests that do not wait for the answer before them. */
class PipelineEdgeTest {

    private static final String[] REQUESTS = {
        "GET /nothing HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: %d\r\n\r\n",
        "POST /webhooks/meta HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: %d\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\n\r\n{}",
        "POST /webhooks/meta HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: %d\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "GET /api/v1/accounts HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: %d\r\nAuthorization: Bearer " + Server.KEY
                + "\r\n\r\n",
        "POST /api/v1/nothing HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: %d\r\nAuthorization: Bearer wrong%1$d\r\n"
                + "Content-Length: 40000\r\n\r\n" + " ".repeat(40_000)};
    private static final int[] STATUSES = {404, 401, 401, 200, 401};
    private static final int COUNT = 1000;

    private final Server server = Server.shared();

    @Test
    void allAreAnsweredInTheirOrderWhateverTheirBodies() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < COUNT; i++) {
            all.writeBytes(REQUESTS[i % REQUESTS.length].formatted(i).getBytes(StandardCharsets.US_ASCII));
        }
        try (RawClient client = new RawClient(server.port)) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(client, all.toByteArray()));
            for (int i = 0; i < COUNT; i++) {
                Reply reply = client.reply();
                assertThat(reply.header("X-Request-Id")).isEqualTo("" + i);
                assertThat(reply.status()).as(reply.body()).isEqualTo(STATUSES[i % STATUSES.length]);
            }
            sent.join();
        }
    }

    @Test
    void theNextRequestArrivesInPieces() throws Exception {
        byte[] two = (REQUESTS[0].formatted(1) + REQUESTS[1].formatted(2)).getBytes(StandardCharsets.US_ASCII);
        for (int cut = 1; cut < two.length; cut += 7) {
            try (RawClient client = new RawClient(server.port)) {
                client.send(java.util.Arrays.copyOf(two, cut)).send(java.util.Arrays.copyOfRange(two, cut, two.length));
                assertThat(client.reply().header("X-Request-Id")).isEqualTo("1");
                assertThat(client.reply().header("X-Request-Id")).isEqualTo("2");
            }
        }
    }

    private static void send(RawClient client, byte[] bytes) {
        try {
            client.send(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
