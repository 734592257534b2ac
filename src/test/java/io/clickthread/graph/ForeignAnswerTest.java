package io.clickthread.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers of Meta's that are too large, or quote what is secret. */
class ForeignAnswerTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);

    @Test
    void anAnswerThatIsTooLargeIsNoneSoTheOutcomeIsUnknown() {
        String phone = account.clicked("clid");
        server.graph.next(account.datasetId + "/events", Reaction.of(200, "{\"events_received\":1,\"messages\":[\""
                + "x".repeat(CallLimits.MOST_BYTES) + "\"]}"));

        Reply reply = account.convert(phone, "LeadSubmitted", "large");

        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("status").asText()).isEqualTo("unknown");
        assertThat(server.graph.calls(account.datasetId + "/events")).hasSize(1);
    }

    @Test
    void aTokenThatMetaQuotesIsNeitherStoredNorShown() {
        String token = "EAAtest-" + account.wabaId;
        String phone = account.clicked("clid");
        server.graph.next(account.datasetId + "/events", Reaction.of(400, error(token)));

        Reply reply = account.convert(phone, "LeadSubmitted", "quoted");

        JsonNode shown = server.call("GET", "/api/v1/whatsapp/conversions/" + id(reply), null).json();
        assertThat(shown.toString()).contains("Malformed access token [secret]").doesNotContain(token);
        assertThat(reply.body()).doesNotContain(token);
        for (String table : new String[] {"history", "conversion", "destination"}) {
            assertThat(server.database().queryForList("select t::text from " + table + " t where t::text like ?", String.class,
                    "%" + token + "%")).as(table).isEmpty();
        }
    }

    @Test
    void aTokenThatMetaQuotesIsNotInTheAnswerToARequestEither() {
        String number = "30" + Webhooks.unique();
        String token = "EAAtoken-of-" + number;
        server.graph.next(number, Reaction.of(400, error(token)));

        Reply reply = server.call("POST", "/api/v1/connect/whatsapp/credentials",
                Map.of("accessToken", token, "wabaId", "31" + Webhooks.unique(), "phoneNumberId", number));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("error").asText()).contains("Malformed access token [secret]");
        assertThat(reply.json().at("/platformError/error_user_msg").asText()).isEqualTo("Malformed access token [secret] given");
        assertThat(reply.body()).doesNotContain(token);
    }

    private String id(Reply reply) {
        return server.database().queryForObject("select id from conversion where event_id = 'quoted' and account_id = ?",
                String.class, account.id);
    }

    private static String error(String token) {
        return "{\"error\":{\"message\":\"Malformed access token " + token + "\",\"error_user_msg\":\"Malformed access token "
                + token + " given\",\"code\":190,\"is_transient\":false}}";
    }
}
