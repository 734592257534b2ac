package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clicks are read again from the provider's stored words, after an adapter has learnt to read them. */
class ClickReplayTest {

    private static final String CLICKS = "/api/v1/clicks/replay";

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);

    @Test
    void aClickIdThatTheAdapterDidNotUnderstandThenIsPutIn() {
        String phone = account.clicked("clid-" + account.id);
        forget("ctwa_clid = null, headline = null", "true");
        assertThat(account.convert(phone, "Purchase", "too-early").status()).isEqualTo(422);

        JsonNode dry = replay("dryRun", true);
        assertThat(dry.path("changed").asInt()).isEqualTo(1);
        assertThat(dry.path("clicks").asInt()).isEqualTo(1);
        assertThat(dry.at("/changes/0/before/ctwa_clid").isNull()).isTrue();
        assertThat(dry.at("/changes/0/after/ctwa_clid").asText()).isEqualTo("clid-" + account.id);
        assertThat(account.clicks(phone).get(0).has("ctwa_clid")).as("a dry run stores nothing").isFalse();

        JsonNode run = replay();
        assertThat(run.path("changes")).isEqualTo(dry.path("changes"));
        assertThat(account.clicks(phone).get(0).path("ctwa_clid").asText()).isEqualTo("clid-" + account.id);
        assertThat(account.clicks(phone).get(0).path("headline").asText()).isEqualTo("Chat with us");
        assertThat(account.convert(phone, "Purchase", "now").status()).isEqualTo(200);
        assertThat(replay().path("changed").asInt()).as("a second time").isZero();
    }

    @Test
    void aClickIdThatIsThereIsNeverOverwritten() {
        String phone = account.clicked("clid-" + account.id);
        forget("ctwa_clid = 'another', source_id = null", "true");

        assertThat(replay().path("changed").asInt()).isEqualTo(1);
        assertThat(account.clicks(phone).get(0).path("ctwa_clid").asText()).isEqualTo("another");
        assertThat(account.clicks(phone).get(0).path("source_id").asText()).isEqualTo("120226305854810726");
    }

    @Test
    void aTouchWhoseClickIdTheConversationHasIsLeftAndSaid() {
        String phone = account.clicked("clid-" + account.id);
        account.receive(Webhooks.click(phone, "second-" + account.id, TestAccount.now()));
        forget("evidence = replace(evidence, 'second-', 'clid-'), ctwa_clid = null", "ctwa_clid like 'second-%'");

        for (boolean dryRun : new boolean[] {true, false}) {
            JsonNode run = replay("dryRun", dryRun);
            assertThat(run.path("left").asInt()).isEqualTo(1);
            assertThat(run.path("changed").asInt()).isZero();
            assertThat(run.at("/changes/0/reason").asText()).contains("from another message");
            assertThat(account.clicks(phone)).hasSize(2);
        }
    }

    @Test
    void wordsThatSayNothingOfAnAdChangeNothing() {
        String phone = account.clicked("clid-" + account.id);
        forget("ctwa_clid = null, evidence = '[1]'", "true");
        assertThat(replay().path("examined").asInt()).isEqualTo(1);
        forget("evidence = '{broken'", "true");
        assertThat(replay().path("changed").asInt()).isZero();
        forget("provider = 'nobody', evidence = '{\"ctwa_clid\":\"x\"}'", "true");
        assertThat(replay().path("changed").asInt()).isZero();
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aFaultInOneClickStopsNoOther() {
        account.clicked("clid-1-" + account.id);
        forget("ctwa_clid = null, evidence = '{\"ctwa_clid\":\"' || repeat('x', 500) || '\"}'", "true");
        account.clicked("clid-2-" + account.id);
        forget("ctwa_clid = null", "ctwa_clid like 'clid-2-%'");
        server.database().execute("create or replace function refuse_long() returns trigger language plpgsql as $$ begin "
                + "if length(new.ctwa_clid) >= 500 then raise exception 'no' using errcode = '23514'; end if; return new; end $$");
        server.database().execute("create trigger refuse_long before update on click for each row execute function refuse_long()");
        try {
            JsonNode run = replay();
            assertThat(run.path("examined").asInt()).isEqualTo(2);
            assertThat(run.path("changed").asInt()).isEqualTo(1);
            assertThat(run.path("left").asInt()).isEqualTo(1);
            assertThat(run.at("/changes/0/reason").asText()).startsWith("It failed");
        } finally {
            server.database().execute("drop trigger refuse_long on click");
            server.database().execute("drop function refuse_long");
        }
    }

    @Test
    void aFilterIsGoneThroughPageByPage() {
        for (int i = 0; i < 3; i++) {
            account.clicked("clid-" + i + "-" + account.id);
        }
        forget("ctwa_clid = null", "true");
        JsonNode first = replay("limit", 2);
        assertThat(first.path("changed").asInt()).isEqualTo(2);
        assertThat(first.path("hasMore").asBoolean()).isTrue();
        JsonNode second = replay("limit", 2, "cursor", first.path("nextCursor").asText());
        assertThat(second.path("changed").asInt()).isEqualTo(1);
        assertThat(second.path("hasMore").asBoolean()).isFalse();
        assertThat(replay("provider", "whapi").path("examined").asInt()).isZero();
        assertThat(replay("until", 1_700_000_000).path("examined").asInt()).isZero();
    }

    private void forget(String change, String which) {
        server.database().update("update click set " + change + " where account_id = ? and " + which, account.id);
    }

    private JsonNode replay(Object... fields) {
        Map<String, Object> body = new HashMap<>(Map.of("accountId", account.id));
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        Reply reply = server.call("POST", CLICKS, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }
}
