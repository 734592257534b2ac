package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which clicks a conversation has, and which of them is the first. */
class ClickLedgerTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final String phone = Webhooks.phone();
    private final long now = TestAccount.now();

    @Test
    void laterClicksNeverOverwriteTheFirst() {
        receive(Webhooks.click(phone, "first", now - 300));
        receive(Webhooks.click(phone, "second", now - 200));
        receive(Webhooks.click(phone, "third", now - 100));

        assertThat(firstClick()).isEqualTo("first");
        assertThat(clickIds()).containsExactly("first", "second", "third");
    }

    @Test
    void theLedgerIsInTheOrderOfTheMessagesWhateverCameInFirst() {
        receive(Webhooks.click(phone, "second", now - 200));
        receive(Webhooks.click(phone, "third", now - 100));
        receive(Webhooks.click(phone, "first", now - 300));

        assertThat(clickIds()).containsExactly("first", "second", "third");
        assertThat(firstClick()).isEqualTo("first");
    }

    @Test
    void clicksOfTheSameSecondStandInTheOrderTheyCame() {
        account.receive(Webhooks.click(phone, "b", now), Webhooks.click(phone, "a", now));
        receive(Webhooks.click(phone, "0", now));

        assertThat(clickIds()).containsExactly("b", "a", "0");
    }

    @Test
    void theSameClickDeliveredTwiceIsOne() {
        Map<String, Object> message = Webhooks.click(phone, "once", now);
        receive(message);
        receive(message);
        account.receive(message, message);

        assertThat(clickIds()).containsExactly("once");
    }

    @Test
    void theSameClickIdUnderAnotherMessageIsOneClickOfTheEarlierTime() {
        receive(Webhooks.click(phone, "once", now - 50));
        receive(Webhooks.click(phone, "once", now - 10));
        receive(Webhooks.click(phone, "between", now - 70));
        receive(Webhooks.click(phone, "once", now - 90));

        assertThat(clickIds()).containsExactly("once", "between");
    }

    @Test
    void theSameClickIdOfTwoContactsIsAClickOfEach() {
        String other = Webhooks.phone();
        receive(Webhooks.click(phone, "shared", now));
        receive(Webhooks.click(other, "shared", now));

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.clicks(other)).hasSize(1);
    }

    @Test
    void aMessageThatComesBareAndAgainWithItsReferralIsCompleted() {
        Map<String, Object> bare = Webhooks.text(phone, now);
        receive(bare);
        assertThat(account.conversation(phone).has("metadata")).as("metadata of an organic conversation").isFalse();
        Map<String, Object> whole = new LinkedHashMap<>(bare);
        whole.put("referral", Webhooks.referral("late"));
        receive(whole);

        assertThat(firstClick()).isEqualTo("late");
    }

    @Test
    void aTouchIsCompletedByTheClickIdThatComesLater() {
        Map<String, Object> touch = Webhooks.click(phone, null, now);
        receive(touch);
        assertThat(account.clicks(phone)).hasSize(1);
        Map<String, Object> whole = new LinkedHashMap<>(touch);
        whole.put("referral", Webhooks.referral("late"));
        receive(whole);
        receive(touch);

        assertThat(clickIds()).containsExactly("late");
    }

    @Test
    void aTouchIsReportedAndCannotBeSent() {
        receive(Webhooks.click(phone, null, now));

        JsonNode metadata = account.conversation(phone).path("metadata");
        assertThat(metadata.has("ctwa_clid")).isFalse();
        assertThat(metadata.path("ctwa_source_id").asText()).isEqualTo("120226305854810726");
        assertThat(metadata.path("ctwa_captured_at").asText()).isNotEmpty();
        assertThat(account.clicks(phone).get(0).has("ctwa_clid")).isFalse();
        Reply reply = account.convert(phone, "Purchase", "1");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("error").asText())
                .contains("The resolved conversation has no captured ctwa_clid");
        assertThat(server.graph.calls(account.datasetId + "/events")).isEmpty();
    }

    @Test
    void anEarlierTouchDoesNotHideTheFirstClickId() {
        receive(Webhooks.click(phone, null, now - 100));
        receive(Webhooks.click(phone, "click", now));

        assertThat(firstClick()).isEqualTo("click");
        assertThat(account.clicks(phone)).hasSize(2);
        assertThat(account.convert(phone, "Purchase", "1").status()).isEqualTo(200);
    }

    @Test
    void anEmptyReferralIsNoClick() {
        Map<String, Object> message = Webhooks.text(phone, now);
        message.put("referral", Map.of());
        receive(message);

        assertThat(account.conversation(phone).has("metadata")).isFalse();
        assertThat(account.clicks(phone)).isEmpty();
    }

    @Test
    void clickIdsKeepTheirCaseAndLength() {
        String clickId = "Aff-n8ZTODiE79d22KtAwQKj9e_mIEOOj27vDVwFjN80dp4_0NiNhEgpGo0AHemvuSoifXaytfTzcchptiErTKCqTrJ5n"
                + "W1h7IHYeYymGb5K5J5iTROpBhWAGaIAeUzHL50";
        receive(Webhooks.click(phone, clickId, now));
        receive(Webhooks.click(phone, clickId.toLowerCase(java.util.Locale.ROOT), now + 1));

        assertThat(firstClick()).isEqualTo(clickId);
        assertThat(account.clicks(phone)).as("ids that differ in case are two").hasSize(2);
    }

    private void receive(Map<String, Object> message) {
        assertThat(account.receive(message).status()).isEqualTo(200);
    }

    private String firstClick() {
        return account.conversation(phone).at("/metadata/ctwa_clid").asText();
    }

    private java.util.List<String> clickIds() {
        return account.clicks(phone).findValuesAsText("ctwa_clid");
    }
}
