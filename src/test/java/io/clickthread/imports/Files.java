package io.clickthread.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** Uploads files and waits for what comes of them. */
final class Files {

    static final String PATH = "/api/v1/whatsapp/conversions/import";
    private static final Set<String> ENDED = Set.of("done", "cancelled", "failed");

    private Files() {
    }

    static Reply upload(TestAccount account, String csv, String more) {
        return upload(account, csv.getBytes(StandardCharsets.UTF_8), more);
    }

    static Reply upload(TestAccount account, byte[] csv, String more) {
        return account.server.send("POST", PATH + "?accountId=" + account.id + more, csv, "Authorization",
                "Bearer " + Server.KEY, "Content-Type", "text/csv");
    }

    /** Uploads a file and waits for its end; the import. */
    static JsonNode run(TestAccount account, String csv) {
        return end(account.server, accepted(upload(account, csv, "")));
    }

    static String accepted(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        String id = reply.json().at("/import/_id").asText();
        assertThat(reply.header("Location")).endsWith(PATH + "s/" + id);
        return id;
    }

    static JsonNode end(Server server, String id) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ENDED.contains(show(server, id).path("state").asText()));
        return show(server, id);
    }

    static JsonNode show(Server server, String id) {
        return server.call("GET", PATH + "s/" + id, null).json().path("import");
    }

    /** The lines of the result, without its header. */
    static List<String> result(Server server, JsonNode ended) {
        Reply reply = server.call("GET", PATH + "s/" + ended.path("_id").asText() + "/result", null);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        List<String> lines = reply.body().lines().toList();
        assertThat(lines.get(0)).isEqualTo("line,eventId,outcome,code,reason");
        return lines.subList(1, lines.size());
    }

    /** Rows, accepted, repeated, refused. */
    static List<Integer> counts(JsonNode ended) {
        return List.of(ended.path("rows").asInt(), ended.path("accepted").asInt(), ended.path("repeated").asInt(),
                ended.path("refused").asInt());
    }

    static List<String> events(TestAccount account) {
        return account.server.database().queryForList("select event_id from conversion where account_id = ? order by seq",
                String.class, account.id);
    }

    static int chunks(Server server, String id) {
        return server.database().queryForObject("select count(*) from import_chunk where import_id = ?", Integer.class, id);
    }
}
