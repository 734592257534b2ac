package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a number brings along from the WhatsApp Business app, and what the business types there. */
class HistoryTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = Webhooks.phone();
    private final long now = TestAccount.now();

    @Test
    void aHistoryOfThousandsIsAnsweredQuicklyAndOnlyItsClicksAreRecorded() {
        List<Object> messages = new ArrayList<>();
        for (int i = 0; i < 4_998; i++) {
            messages.add(Webhooks.text(phone, now - 10_000 - i));
        }
        messages.add(2_500, Webhooks.click(phone, "first", now - 20_000));
        messages.add(Webhooks.click(phone, "second", now - 9_000));
        long start = System.nanoTime();

        Reply reply = history(thread(phone, messages), thread(Webhooks.phone(), List.of(Webhooks.text(phone, now))));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(5_000_000_000L);
        assertThat(account.clicks(phone).findValuesAsText("ctwa_clid")).containsExactly("first", "second");
        assertThat(conversations()).isEqualTo(1);
    }

    @Test
    void anOrganicHistoryCreatesNothing() {
        assertThat(history(thread(phone, List.of(Webhooks.text(phone, now)))).status()).isEqualTo(200);
        assertThat(conversations()).isZero();
    }

    @Test
    void anOldClickFromTheHistoryBecomesTheFirst() {
        account.receive(Webhooks.click(phone, "live", now));

        history(thread(phone, List.of(Webhooks.click(phone, "old", now - 1_000))));

        assertThat(account.conversation(phone).at("/metadata/ctwa_clid").asText()).isEqualTo("old");
    }

    @Test
    void aReferralThatTheBusinessPassedOnItselfIsNoClick() {
        history(thread(phone, List.of(Webhooks.click("15550783881", "own", now))));

        assertThat(conversations()).isZero();
    }

    @Test
    void aRefusedHistoryAndEchoesDoNoHarm() {
        assertThat(field("history", Map.of("history", List.of(Map.of("errors", List.of(Map.of("code", 2593109))))))
                .status()).isEqualTo(200);
        assertThat(field("smb_message_echoes", Map.of("message_echoes", List.of(Map.of("from", "15550783881", "to", phone,
                "id", "wamid.e", "referral", Webhooks.referral("echo"))))).status()).isEqualTo(200);
        assertThat(conversations()).isZero();
    }

    private static Map<String, Object> thread(String contact, List<Object> messages) {
        return Map.of("id", contact, "messages", messages);
    }

    @SafeVarargs
    private Reply history(Map<String, Object>... threads) {
        return field("history", Map.of("history", List.of(
                Map.of("metadata", Map.of("phase", 0, "chunk_order", 1, "progress", 55), "threads", List.of(threads)))));
    }

    private Reply field(String field, Map<String, Object> value) {
        Map<String, Object> whole = new java.util.HashMap<>(value);
        whole.put("metadata", Map.of("phone_number_id", account.phoneNumberId));
        return server.webhook(Webhooks.envelope(Map.of("field", field, "value", whole)));
    }

    private int conversations() {
        return server.call("GET", "/api/v1/inbox/conversations?accountId=" + account.id, null).json().path("data").size();
    }
}
