package io.clickthread.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The inbox: conversations with the ad click that each is known by. */
class ConversationTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);

    @Test
    void aRowHasTheKeysOfZernio() {
        String phone = account.clicked("clid");

        JsonNode answer = list("").json();

        assertThat(answer.fieldNames()).toIterable().containsExactlyInAnyOrder("data", "pagination", "meta");
        JsonNode row = answer.at("/data/0");
        assertThat(row.fieldNames()).toIterable().containsExactlyInAnyOrder("id", "platform", "accountId",
                "accountUsername", "participantId", "participantName", "participantPicture", "lastMessage", "updatedTime",
                "status", "unreadCount", "isGroup", "url", "instagramProfile", "metadata");
        assertThat(row.path("id").asText()).matches("[0-9a-f]{24}");
        assertThat(row.path("platform").asText()).isEqualTo("whatsapp");
        assertThat(row.path("participantId").asText()).isEqualTo(phone);
        assertThat(row.path("status").asText()).isEqualTo("active");
        assertThat(answer.path("meta").fieldNames()).toIterable().contains("accountsQueried", "accountsFailed",
                "failedAccounts", "lastUpdated");
        assertThat(answer.at("/meta/accountsFailed").asInt()).isZero();
        assertThat(answer.at("/pagination/hasMore").asBoolean(true)).isFalse();
        assertThat(answer.at("/pagination/nextCursor").isNull()).isTrue();
    }

    @Test
    void oneConversationIsShownWithItsClicks() {
        String phone = account.clicked("clid");
        JsonNode listed = account.conversation(phone);

        JsonNode data = show(listed.path("id").asText(), account.id).json().path("data");

        assertThat(data.fieldNames()).toIterable().contains("id", "accountId", "accountUsername", "platform", "status",
                "participantName", "participantId", "lastMessage", "lastMessageAt", "updatedTime", "participants",
                "instagramProfile", "metadata", "clicks");
        assertThat(data.at("/participants/0/id").asText()).isEqualTo(phone);
        assertThat(data.path("metadata")).isEqualTo(listed.path("metadata"));
        assertThat(data.path("clicks")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"desc", "asc"})
    void pagesShowEveryConversationOnceWhileOthersArrive(String order) {
        List<String> phones = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            phones.add(account.clicked("clid-" + i));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = list("&limit=3&sortOrder=" + order + cursor).json();
            page.path("data").forEach(row -> seen.add(row.path("participantId").asText()));
            if (seen.size() < 7) {
                String late = account.clicked("late-" + seen.size());
                if (order.equals("asc")) {
                    phones.add(late);
                }
            }
            String next = page.at("/pagination/nextCursor").textValue();
            cursor = next == null ? null : "&cursor=" + next;
        } while (cursor != null);

        if (order.equals("desc")) {
            java.util.Collections.reverse(phones);
        }
        assertThat(seen).isEqualTo(phones);
    }

    @Test
    void theOrderIsThatOfTheLastActivity() {
        String first = account.clicked("a");
        String second = account.clicked("b");
        account.receive(Webhooks.click(first, "again", TestAccount.now()));

        assertThat(list("").json().path("data").findValuesAsText("participantId")).containsExactly(first, second);
        assertThat(list("&sortOrder=asc").json().path("data").findValuesAsText("participantId"))
                .containsExactly(second, first);
    }

    @Test
    void conversationsOfSeveralAccountsAreListedTogetherOrApart() {
        TestAccount other = TestAccount.connect(server);
        String mine = account.clicked("a");
        String theirs = other.clicked("b");

        assertThat(list("").json().path("data").findValuesAsText("participantId")).containsExactly(mine);
        assertThat(server.call("GET", "/api/v1/inbox/conversations?limit=100", null).json().path("data")
                .findValuesAsText("participantId")).contains(mine, theirs);
    }

    @ParameterizedTest
    @CsvSource({"platform=whatsapp, 1", "platform=instagram, 0", "status=active, 1", "status=archived, 0",
        "profileId=p1, 1", "profileId=another, 0", "unknown=x, 1"})
    void filtersLeaveOutTheOthers(String query, int size) {
        account.clicked("clid");

        assertThat(list("&" + query).json().path("data")).hasSize(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "status=lost", "platform=fax", "sortOrder=up", "cursor=x",
        "cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc"})
    void aParameterOutOfItsRangeIsRefused(String query) {
        Reply reply = list("&" + query);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().path("param").asText()).isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void aWrongStatusIsNamedInWordsThatClientsKnow() {
        assertThat(list("&status=lost").json().path("error").asText()).contains("status is invalid");
    }

    @Test
    void oneConversationNeedsItsAccount() {
        String id = account.conversation(account.clicked("clid")).path("id").asText();

        assertThat(server.call("GET", "/api/v1/inbox/conversations/" + id, null).status()).isEqualTo(400);
        assertThat(show(id, TestAccount.connect(server).id).status()).isEqualTo(404);
        assertThat(show("0123456789abcdef01234567", account.id).status()).isEqualTo(404);
        assertThat(show("x", account.id).json().path("code").asText()).isEqualTo("conversation_not_found");
    }

    private Reply list(String query) {
        return server.call("GET", "/api/v1/inbox/conversations?accountId=" + account.id + query, null);
    }

    private Reply show(String id, String accountId) {
        return server.call("GET", "/api/v1/inbox/conversations/" + id + "?accountId=" + accountId, null);
    }
}
