package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.RawClient;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads of requests that a proxy before this server might understand otherwise, and those that are no HTTP. */
class FramingEdgeTest {

    private static final String CHUNK = "\r\n\r\n2\r\n{}\r\n0\r\n\r\n";

    private final Server server = Server.shared();

    static Stream<Arguments> heads() {
        String post = "POST /webhooks/meta HTTP/1.1\r\nX-Request-Id: mine\r\n";
        String host = "Host: localhost\r\n";
        return Stream.of(
                Arguments.of("a second coding", post + host + "Transfer-Encoding: chunked, xchunked" + CHUNK, 400),
                Arguments.of("a first coding", post + host + "Transfer-Encoding: gzip, chunked" + CHUNK, 400),
                Arguments.of("the same coding twice", post + host + "Transfer-Encoding: chunked, chunked" + CHUNK, 400),
                Arguments.of("two lines", post + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked" + CHUNK, 400),
                Arguments.of("two lines that differ", post + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x" + CHUNK, 400),
                Arguments.of("another coding", post + host + "Transfer-Encoding: xchunked" + CHUNK, 400),
                Arguments.of("identity", post + host + "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}", 400),
                Arguments.of("an empty coding", post + host + "Transfer-Encoding:" + CHUNK, 400),
                Arguments.of("coding and length", post + host + "Transfer-Encoding: chunked\r\nContent-Length: 12" + CHUNK, 400),
                Arguments.of("length and coding", post + host + "Content-Length: 12\r\nTransfer-Encoding: chunked" + CHUNK, 400),
                Arguments.of("two lengths", post + host + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", 400),
                Arguments.of("a length with a sign", post + host + "Content-Length: +2\r\n\r\n{}", 400),
                Arguments.of("a coding in HTTP/1.0", post.replace("1.1", "1.0") + host + "Transfer-Encoding: chunked" + CHUNK, 400),
                Arguments.of("two hosts", post + host + "Host: elsewhere\r\nContent-Length: 2\r\n\r\n{}", 400),
                Arguments.of("the same host twice", post + host + host + "Content-Length: 2\r\n\r\n{}", 400),
                Arguments.of("no host", post + "Content-Length: 2\r\n\r\n{}", 400),
                Arguments.of("a header without a colon", post + host + "nonsense\r\n\r\n", 400),
                Arguments.of("a space before the colon", post + host + "Content-Length : 2\r\n\r\n{}", 400),
                Arguments.of("no HTTP", "nonsense\r\n\r\n", 400),
                Arguments.of("a long address", "GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n" + host + "\r\n", 414),
                Arguments.of("long headers", post + host + "X-A: " + "a".repeat(9_000) + "\r\n\r\n", 431),
                Arguments.of("another version", post.replace("1.1", "2.0") + host + "\r\n", 501));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void isRefusedInTheShapeOfAllAnswersAndTheConnectionIsClosed(String name, String head, int status) throws IOException {
        try (RawClient client = new RawClient(server.port)) {
            client.send(head.getBytes(StandardCharsets.US_ASCII));

            Reply reply = client.reply();

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("Content-Type")).isEqualTo("application/json");
            assertThat(reply.header("X-Request-Id")).isNotEmpty();
            assertThat(reply.json().path("type").asText()).isEqualTo("invalid_request_error");
            assertThat(reply.json().path("error").asText()).isNotEmpty();
            assertThat(reply.json().path("code").asText()).isNotEmpty();
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET *", "OPTIONS *", "GET ?", "CONNECT x:443", "GET http://localhost"})
    void anAddressThatIsNoPathIsAnsweredLikeAllOthers(String line) throws IOException {
        try (RawClient client = new RawClient(server.port)) {
            client.send((line + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            Reply reply = client.reply();

            assertThat(reply.status()).isIn(400, 404, 405);
            assertThat(reply.header("Content-Type")).isEqualTo("application/json");
            assertThat(reply.header("X-Request-Id")).isNotEmpty();
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.json().path("code").asText()).isNotEmpty();
        }
    }

    @Test
    void whoWaitsToBeAskedForABodyThatIsTooLargeIsNotAsked() throws IOException {
        try (RawClient client = new RawClient(server.port)) {
            client.header("Expect", "100-continue").head("POST /webhooks/meta", 99_999_999);

            assertThat(client.reply().status()).isEqualTo(413);
            assertThat(client.isClosed()).as("the next bytes could be the body or a request").isTrue();
        }
    }

    @Test
    void whoWaitsToBeAskedWithoutAKeyIsNotAsked() throws IOException {
        try (RawClient client = new RawClient(server.port)) {
            client.header("Expect", "100-continue").head("POST /api/v1/whatsapp/conversions", 10);

            assertThat(client.reply().status()).isEqualTo(401);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/whatsapp/conversions", "/api/v1/whatsapp/conversions/import?accountId=none"})
    void whoWaitsToBeAskedIsAskedOnce(String path) throws IOException {
        try (RawClient client = new RawClient(server.port)) {
            String type = path.contains("import") ? "text/csv" : "application/json";
            client.send(("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: " + type + "\r\nAuthorization: Bearer " + Server.KEY
                    + "\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            assertThat(client.reply().status()).isEqualTo(100);
            client.send("{}".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.reply().status()).isIn(400, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1\r\n{}\r\n", "+2\r\n{}\r\n", "0x2\r\n{}\r\n", "FFFFFFFFFFFFFFFF\r\n{}\r\n", "2\r\n{}x\r\n0\r\n\r\n",
            "nonsense\r\n"})
    void chunksThatAreNotWellFormedAreRefusedInTheShapeOfAllAnswers(String chunks) throws IOException {
        try (RawClient client = new RawClient(server.port)) {
            client.send(("POST /webhooks/meta HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunks + "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            Reply reply = client.reply();

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("Content-Type")).isEqualTo("application/json");
            assertThat(reply.header("X-Request-Id")).isNotEmpty();
            assertThat(reply.json().path("code").asText()).isEqualTo("invalid_request");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void theAnswerToAnotherVersionIsOneOfHttp11() throws IOException {
        try (java.net.Socket socket = new java.net.Socket("localhost", server.port)) {
            socket.getOutputStream().write("GET / HTTP/10.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 501");
        }
    }

    @Test
    void whatFollowsAHeadThatIsRefusedIsNoRequest() throws IOException {
        try (RawClient client = new RawClient(server.port)) {
            client.send(("POST /webhooks/meta HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine\r\nContent-Length: 5\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /nothing HTTP/1.1\r\nHost: a\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(client.reply().header("X-Request-Id")).isNotEmpty();
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void oneCodingInAnyCaseIsTaken() throws IOException {
        try (RawClient client = new RawClient(server.port)) {
            client.send(("POST /webhooks/meta HTTP/1.1\r\nhost: a\r\nContent-Type: application/json\r\n"
                    + "transfer-encoding: Chunked" + CHUNK).getBytes(StandardCharsets.US_ASCII));

            assertThat(client.reply().status()).isEqualTo(401);
        }
    }
}
