package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.store.Sql;
import io.clickthread.support.Server;
import io.clickthread.support.StoredConversions;
import io.clickthread.support.TestAccount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accepting costs the same however many contacts there are, and every name of a contact costs one look into an index. */
class AcceptCostTest {

    private static final int ROWS = 50;

    private final Server server = Server.start(Map.of("clickthread.delivery.poll", "1h"));
    private final TestAccount account = TestAccount.connect(server);

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void whatNamesAContactIsLookedUpByIndexAlone() throws Exception {
        StoredConversions.put(account, "d", 20_000, "delivered", "1 hour");
        server.database().update("insert into contact_alias (account_id, kind, value, conversation_id) "
                + "select account_id, 'phone', '1555' || substr(id, 9), id from conversation");
        List<String> known = server.database().queryForList("select value from contact_alias where account_id = ? limit " + ROWS,
                String.class, account.id);

        int one = blocks(known, "[{\"kind\":\"phone\",\"value\":\"%s\"}]");
        int four = blocks(known, "[{\"kind\":\"phone\",\"value\":\"%1$s\"},{\"kind\":\"user_id\",\"value\":\"BR.%1$s\"},"
                + "{\"kind\":\"parent_user_id\",\"value\":\"BR.%1$s\"},{\"kind\":\"provider_id\",\"value\":\"chatwoot 1/%1$s\"}]");

        assertThat(one).as("blocks for " + ROWS + " conversions").isLessThan(ROWS * 40);
        assertThat(four - one).as("more for three names more each").isLessThan(ROWS * 3 * 5);
    }

    /** The blocks that a statement looks at which finds every contact and no click, so that it stores nothing. */
    private int blocks(List<String> phones, String aliases) throws Exception {
        String accept = Sql.read("accept-conversions").replaceAll("(?m)--.*$", "");
        for (String name : List.of("id", "eventId")) {
            accept = accept.replace(":#" + name + "::", array(phones.stream().map(phone -> "x" + phone).toList()) + "::");
        }
        accept = accept.replace(":#aliases::", array(phones.stream().map(aliases::formatted).toList()) + "::")
                .replace(":#accountId::", same(account.id)).replace(":#datasetId::", same(account.datasetId))
                .replace(":#wabaId::", same(account.wabaId)).replace(":#eventName::", same("Purchase"))
                .replace(":#eventTime::", same("1764000000")).replace(":#lastClick::", same("false"))
                .replaceAll(":#[a-zA-Z]+::", same(null));
        // On a connection of the pool, because the planner is set up there.
        String plan = server.database().queryForObject("explain (analyze, buffers, format json) " + accept, String.class);
        JsonNode top = Server.JSON.readTree(plan).at("/0/Plan");
        assertThat(top.path("Actual Rows").asInt()).isEqualTo(ROWS);
        return top.path("Shared Hit Blocks").asInt() + top.path("Shared Read Blocks").asInt();
    }

    private static String array(List<String> values) {
        return "array['" + String.join("','", values) + "']";
    }

    private static String same(String value) {
        return "array_fill(" + (value == null ? "null" : "'" + value + "'") + "::text, array[" + ROWS + "])::";
    }
}
