package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.store.Sql;
import io.clickthread.support.Server;
import io.clickthread.support.StoredConversions;
import io.clickthread.support.TestAccount;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a claim costs when much is due. */
class ClaimCostTest {

    private final Server server = Server.start(Map.of("clickthread.delivery.poll", "1h"));
    private final TestAccount account = TestAccount.connect(server);

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aClaimLooksAtWhatItTakesAndNotAtTheWholeBacklog() throws Exception {
        StoredConversions.put(account, "d", 20_000, "waiting", "1 hour");
        server.database().update("update conversion set due_at = now()");
        String claim = Sql.read("claim-conversions").replaceAll("(?m)--.*$", "").replace(":#limit", "10")
                .replace(":#leaseMillis", "30000").replace(":#maxAgeMillis", "604790000")
                .replace(":#lastTryMillis", "604200000").replace(":#claim", "'claim'");

        // On a connection of the pool, because the planner is set up there.
        String plan = server.database().queryForObject("explain (analyze, buffers, format json) " + claim, String.class);
        JsonNode top = Server.JSON.readTree(plan).at("/0/Plan");

        assertThat(top.path("Actual Rows").asInt()).isEqualTo(10);
        assertThat(top.path("Shared Hit Blocks").asInt() + top.path("Shared Read Blocks").asInt())
                .as("blocks looked at").isLessThan(3_000);
    }
}
