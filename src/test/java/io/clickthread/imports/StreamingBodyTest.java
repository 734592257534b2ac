package io.clickthread.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.SlowUpload;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A file on its way in: what is refused, what breaks off, and what is never in memory. */
class StreamingBodyTest {

    private static final String HEADER = "eventId,eventName,phone\n";

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);

    @Test
    void aFileWithoutAUsableHeaderIsRefusedAtOnce() {
        for (String csv : List.of("", "\n", "eventId,phone\n", "eventName,phone\n", "eventId,eventName\n",
                "eventId,eventName,phone,phone_e164\n", "\"eventId,eventName,phone\n", "x".repeat(70_000))) {
            Reply reply = Files.upload(account, csv, "");
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.json().path("code").asText()).isEqualTo("invalid_csv");
        }
        assertThat(imports()).isEmpty();
    }

    @Test
    void aFileForNobodyIsRefused() {
        assertThat(Files.upload(account, HEADER, "&dryRun=maybe").status()).isEqualTo(400);
        assertThat(upload("", HEADER, "text/csv").status()).isEqualTo(400);
        assertThat(upload("?accountId=none", HEADER, "text/csv").status()).isEqualTo(404);
        assertThat(upload("?accountId=" + TestAccount.connect(server, null).id, HEADER, "text/csv").status()).isEqualTo(422);
        assertThat(upload("?accountId=" + account.id, HEADER, "application/json").status()).isEqualTo(415);
        assertThat(server.send("POST", Files.PATH + "?accountId=" + account.id, HEADER.getBytes(), "Content-Type",
                "text/csv").status()).isEqualTo(401);
    }

    @Test
    void aHeaderAloneIsAnImportOfNothing() {
        JsonNode ended = Files.run(account, HEADER.strip());
        assertThat(ended.path("state").asText()).isEqualTo("done");
        assertThat(Files.counts(ended)).containsExactly(0, 0, 0, 0);
        assertThat(Files.result(server, ended)).isEmpty();
    }

    @Test
    void aFileLargerThanTheLimitIsRefusedWhetherItSaysSoOrNot() throws IOException {
        Server small = Server.start(Map.of("clickthread.imports.max-bytes", "100000", "clickthread.imports.poll", "1h",
                "clickthread.imports.upload-check", "100ms", "clickthread.imports.upload-timeout", "3s"));
        try {
            TestAccount other = TestAccount.connect(small);
            assertThat(Files.upload(other, HEADER + "x".repeat(100_000), "").status()).isEqualTo(413);
            try (SlowUpload unsaid = new SlowUpload(other, Files.PATH)) {
                unsaid.send(HEADER + "y".repeat(100_000));
                assertThat(unsaid.answer()).contains("413");
            }
            String id = Files.accepted(Files.upload(other, HEADER + "z".repeat(90_000), ""));
            assertThat(small.database().queryForObject("select min(octet_length(body)) from import_chunk where import_id = ?",
                    Integer.class, id)).isGreaterThan(90_000);
            abandonedUploadsLeaveNothing(small, other);
        } finally {
            small.stop();
        }
    }

    private static void abandonedUploadsLeaveNothing(Server small, TestAccount other) throws IOException {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> count(small, "uploading") == 0); // what was too large
        try (SlowUpload broken = new SlowUpload(other, Files.PATH)) {
            broken.send(HEADER + "z".repeat(80_000));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> count(small, "uploading") == 1);
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> count(small, "uploading") == 0);
        assertThat(count(small, "failed")).isPositive();
        assertThat(small.database().queryForObject("select count(*) from import_chunk c join import i on i.id = c.import_id "
                + "where i.state = 'failed'", Integer.class)).isZero();
    }

    @Test
    void whoUploadsWhileAllPlacesAreTakenIsAskedToComeAgain() throws IOException {
        List<SlowUpload> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                slow.add(new SlowUpload(account, Files.PATH));
                slow.get(i).send("eventId");
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                Reply reply = Files.upload(account, HEADER, "");
                assertThat(reply.status()).isEqualTo(429);
                assertThat(reply.header("Retry-After")).isEqualTo("5");
            });
        } finally {
            for (SlowUpload one : slow) {
                one.close();
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> Files.upload(account, HEADER, "").status() == 202);
    }

    @Test
    void aFileOfManyPiecesArrivesWholeAndItsFaultsAreCountedAllAndListedInPart() throws Exception {
        byte[] noise = new byte[3_000_000];
        new Random(7).nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = i % 101 == 100 ? (byte) '\n' : (byte) ('a' + (noise[i] & 15));
        }
        byte[] file = (HEADER + new String(noise)).getBytes();
        JsonNode ended = Files.end(server, Files.accepted(Files.upload(account, file, "")));
        assertThat(ended.path("bytes").asLong()).isEqualTo(file.length);
        assertThat(ended.path("sha256").asText()).isEqualTo(java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(file)));
        int rows = (int) new String(noise).lines().filter(line -> !line.isBlank()).count();
        assertThat(Files.counts(ended)).containsExactly(rows, 0, 0, rows);
        assertThat(ended.path("unlisted").asInt()).isEqualTo(rows - 25_000);
        List<String> result = Files.result(server, ended);
        assertThat(result).hasSize(25_001);
        assertThat(result.get(24_999)).startsWith("25001,");
        assertThat(result.get(25_000)).isEqualTo(",,,unlisted," + (rows - 25_000) + " more rows were counted and are not listed");
        assertThat(server.database().queryForObject("select count(*) from import_outcome where import_id = ?", Integer.class,
                ended.path("_id").asText())).isEqualTo(25_000);
    }

    @Test
    void aCancelledImportEndsAndItsFileIsGone() {
        String phone = account.clicked("ARAc-" + Webhooks.unique());
        StringBuilder csv = new StringBuilder(HEADER);
        for (int i = 0; i < 50_000; i++) {
            csv.append("c").append(i).append(",LeadSubmitted,").append(phone).append('\n');
        }
        String id = Files.accepted(Files.upload(account, csv.toString(), ""));
        Reply cancelled = server.call("POST", Files.PATH + "s/" + id + "/cancel", null);
        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
        assertThat(cancelled.json().at("/import/state").asText()).isEqualTo("cancelling");
        JsonNode ended = Files.end(server, id);
        assertThat(ended.path("state").asText()).isEqualTo("cancelled");
        assertThat(ended.path("accepted").asInt()).isLessThan(50_000).isEqualTo(Files.events(account).size());
        assertThat(Files.chunks(server, id)).isZero();
        assertThat(server.call("POST", Files.PATH + "s/" + id + "/cancel", null).status()).isEqualTo(409);
    }

    @Test
    void theListIsPagedNewestFirst() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(0, Files.run(account, HEADER + " ".repeat(i)).path("_id").asText());
        }
        JsonNode first = server.call("GET", Files.PATH + "s?limit=2&accountId=" + account.id, null).json();
        JsonNode second = server.call("GET", Files.PATH + "s?limit=2&accountId=" + account.id + "&cursor="
                + first.at("/pagination/nextCursor").asText(), null).json();
        assertThat(List.of(first.at("/imports/0/_id").asText(), first.at("/imports/1/_id").asText(),
                second.at("/imports/0/_id").asText())).isEqualTo(ids);
        assertThat(second.path("imports")).hasSize(1);
    }

    private List<String> imports() {
        return server.database().queryForList("select id from import where account_id = ?", String.class, account.id);
    }

    private static int count(Server server, String state) {
        return server.database().queryForObject("select count(*) from import where state = ?", Integer.class, state);
    }

    private Reply upload(String query, String csv, String type) {
        return server.send("POST", Files.PATH + query, csv.getBytes(), "Authorization", "Bearer " + Server.KEY,
                "Content-Type", type);
    }
}
