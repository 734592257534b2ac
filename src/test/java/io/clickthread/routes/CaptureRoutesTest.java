package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.CapturedClick;
import io.clickthread.capture.InboundWebhook;
import io.clickthread.capture.Touchpoint;
import io.clickthread.security.Vault;
import io.clickthread.support.Server;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/** A webhook of Meta on its way to the ledger of clicks. */
@RoutesOf({"capture/receive-meta-webhooks", "capture/capture-clicks", "capture/quarantine-webhook", "capture/handovers"})
class CaptureRoutesTest extends RouteTest {

    private static final String CLICKS = "insert-touchpoints";
    private static final String QUARANTINE = "quarantine-webhook";

    private final String clickId = "ARAk-" + Webhooks.unique();
    private final String phone = Webhooks.phone();
    private final long now = System.currentTimeMillis() / 1000;
    @Autowired
    private Vault vault;

    @BeforeEach
    void keep() {
        answers(QUARANTINE, row -> ((Map<?, ?>) row).get("id"));
    }

    @Test
    void anAdClickReachesTheStatementWithItsClickIdAndOneThatIsNewIsTold() throws InterruptedException {
        World.Connected account = world.connect();
        answersEach(CLICKS, row -> Map.of("conversation_id", "c1", "is_new_click", true));
        MockEndpoint told = mock("on-click");
        told.expectedMessageCount(1);
        assertReceived(receive(Webhooks.of(account.number(), Webhooks.click(phone, clickId, now))));

        List<Touchpoint> rows = rows(CLICKS);
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.accountId()).isEqualTo(account.id());
            assertThat(row.clickId()).isEqualTo(clickId);
        });
        assertThat(trail.steps()).containsSubsequence("verify-signature", "read-webhook", "classify-messages", "insert-touchpoints-sql",
                "find-new-clicks", "tell-clicks").doesNotContain("quarantine-webhook-sql", "record-automatic-events-sql", "record-handovers-sql");
        told.assertIsSatisfied();
        assertThat(given(told).get(0)).isInstanceOfSatisfying(CapturedClick.class, click -> {
            assertThat(click.conversationId()).isEqualTo("c1");
            assertThat(click.referral().clickId()).isEqualTo(clickId);
        });
    }

    @Test
    void aMessageOfAKnownContactIsStoppedBeforeTheStatementWhileItsNeighboursAreStored() {
        World.Connected account = world.connect();
        answersEach(CLICKS, row -> Map.of("conversation_id", "c1", "is_new_click", false));
        receive(Webhooks.of(account.number(), Webhooks.text(phone, now)));
        statement(CLICKS).reset();
        answersEach(CLICKS, row -> Map.of("conversation_id", "c2", "is_new_click", false));
        String before = Webhooks.phone();
        String behind = Webhooks.phone();
        assertReceived(receive(Webhooks.of(account.number(), List.of(Webhooks.text(before, now), Webhooks.text(phone, now),
                Webhooks.text(behind, now)))));
        assertThat(this.<Touchpoint>rows(CLICKS)).extracting(Touchpoint::participantId).containsExactly(before, behind);

        assertReceived(receive(Webhooks.of(account.number(), List.of(Webhooks.text(phone, now), Webhooks.click(phone, clickId, now)))));
        List<?> second = (List<?>) given(statement(CLICKS)).get(1);
        assertThat(second).as("the first message is stopped, too").singleElement()
                .isInstanceOfSatisfying(Touchpoint.class, row -> assertThat(row.clickId()).isEqualTo(clickId));
    }

    @Test
    void aWebhookWithoutNewsWritesNothing() {
        World.Connected account = world.connect();
        answersEach(CLICKS, row -> Map.of("conversation_id", "c1", "is_new_click", false));
        receive(Webhooks.of(account.number(), Webhooks.text(phone, now)));
        statement(CLICKS).reset();
        trail.leave();

        assertReceived(receive(Webhooks.of(account.number(), Webhooks.text(phone, now + 1))));
        assertThat(given(statement(CLICKS))).isEmpty();
        assertThat(trail.steps()).contains("only-with-news").noneMatch(step -> step.endsWith("-sql"));
    }

    @Test
    void aWebhookThatNamesNoAccountIsKeptSealed() {
        byte[] webhook = Server.json(Webhooks.of("1" + Webhooks.unique(), Webhooks.click(phone, clickId, now)));
        assertReceived(receive(webhook));
        assertKept(webhook, "It names a phone number id that no connected account has.");
        assertThat(given(statement(CLICKS))).isEmpty();
    }

    @Test
    void whatIsSignedAndNoJsonIsKept() {
        byte[] webhook = ("{broken " + Webhooks.unique()).getBytes(StandardCharsets.UTF_8);
        assertReceived(receive(webhook));
        assertKept(webhook, "It is not valid JSON.");
    }

    @Test
    void aMessageThatTheDatabaseRefusesCostsItsNeighbourNothingAndItsWebhookIsKept() throws InterruptedException {
        World.Connected account = world.connect();
        answersEach(CLICKS, row -> ((Touchpoint) row).participantId().equals(phone) ? new DataIntegrityViolationException("refused")
                : Map.of("conversation_id", "c1", "is_new_click", true));
        MockEndpoint told = mock("on-click");
        told.expectedMessageCount(1);
        byte[] webhook = Server.json(Webhooks.of(account.number(), List.of(Webhooks.click(phone, "refused-" + clickId, now),
                Webhooks.click(Webhooks.phone(), clickId, now))));
        assertReceived(receive(webhook));
        assertKept(webhook, "The database refused some of its values.");
        told.assertIsSatisfied();
        assertThat(((CapturedClick) given(told).get(0)).referral().clickId()).isEqualTo(clickId);
    }

    @Test
    void ofAFieldThatNothingReadsOneSampleIsKept() {
        World.Connected account = world.connect();
        Map<String, Object> change = Map.of("field", "field_" + Webhooks.unique(), "value", Map.of("metadata",
                Map.of("phone_number_id", account.number())));
        assertReceived(receive(Webhooks.envelope(change)));
        assertReceived(receive(Webhooks.envelope(change)));
        assertThat(given(QUARANTINE)).isInstanceOfSatisfying(Map.class, row -> assertThat(row.get("sampleOf")).isEqualTo(change.get("field")));
    }

    @Test
    void aWebhookThatIsRunAgainIsNotKeptAgain() {
        Object webhook = routes.send("direct:capture-clicks", exchange -> {
            exchange.setVariable("replay", true);
            exchange.getMessage().setBody(new InboundWebhook("meta", null, new byte[] {'?'}, List.of(), List.of(), "broken"));
        }).getMessage().getBody();
        assertThat(webhook).extracting("quarantineReason").isEqualTo("broken");
        assertThat(given(statement(QUARANTINE))).isEmpty();
    }

    @Test
    void aChangeOfControlIsNotedAndTheWebhookGoesOn() {
        World.Connected account = world.connect();
        Map<String, Object> change = Map.of("field", "messaging_handovers", "value", Map.of("messaging_product", "whatsapp", "sender",
                Map.of("phone_number", phone), "recipient", Map.of("phone_number_id", account.number()), "type", "control_passed",
                "timestamp", Long.toString(now), "control_passed", Map.of("new_owner_role", "escalation")));
        assertReceived(receive(Webhooks.envelope(change)));
        Map<?, ?> row = (Map<?, ?>) given("record-handovers");
        assertThat((String[]) row.get("values")).contains(phone);
        assertThat((String[]) row.get("owners")).containsOnly("escalation");
        assertThat((String[]) row.get("accounts")).containsOnly(account.id());
    }

    @Test
    void aWrongSignatureIsRefusedBeforeAnythingIsRead() {
        byte[] body = Server.json(Webhooks.of(world.connect().number(), Webhooks.click(phone, clickId, now)));
        Answer answer = answer("receive-meta-webhook", Requests.of("/webhooks/meta", null, body, "X-Hub-Signature-256",
                Webhooks.signature(body, "another secret")));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("code").asText()).isEqualTo("invalid_signature");
        assertThat(trail.steps()).containsExactly("verify-signature");
    }

    @Test
    void aWebhookIsAnswered503WhileTheDatabaseIsAway() {
        fails(CLICKS, new DataAccessResourceFailureException("away", new SQLException("away", "08006")));
        Answer answer = receive(Webhooks.of(world.connect().number(), Webhooks.click(phone, clickId, now)));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain(phone);
    }

    @Test
    void aWebhookAtTheAddressOfANumberIsVerifiedWithItsOwnSecret() {
        String key = world.channel("meta", "{}");
        answersEach(CLICKS, row -> Map.of("conversation_id", "c1", "is_new_click", true));
        byte[] body = Server.json(Webhooks.of(key, Webhooks.click(phone, clickId, now)));
        String path = "/webhooks/meta/" + key;
        assertThat(answer("receive-meta-channel-webhook", Requests.of(path, "key", body, "X-Hub-Signature-256",
                Webhooks.signature(body, Server.APP_SECRET))).status()).isEqualTo(401);
        assertReceived(answer("receive-meta-channel-webhook", Requests.of(path, "key", body, "X-Hub-Signature-256",
                Webhooks.signature(body, TestChannel.SECRET))));
        assertThat(this.<Touchpoint>rows(CLICKS)).extracting(Touchpoint::clickId).containsExactly(clickId);
    }

    @ParameterizedTest
    @CsvSource({"verify-meta-webhook, test-verify-token, 200", "verify-meta-webhook, wrong, 403", "verify-meta-channel, test-verify-token, 200",
        "verify-meta-channel, wrong, 403"})
    void theHandshakeEchoesItsChallengeToWhoeverKnowsTheToken(String route, String token, int status) {
        Answer answer = answer(route, Requests.get("/webhooks/meta", Map.of("hub.mode", "subscribe", "hub.verify_token", token, "hub.challenge", "1158201444")));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8).equals("1158201444")).isEqualTo(status == 200);
    }

    private Answer receive(Object webhook) {
        byte[] body = Server.json(webhook);
        return answer("receive-meta-webhook", Requests.of("/webhooks/meta", null, body, "X-Hub-Signature-256", Webhooks.signature(body, Server.APP_SECRET)));
    }

    private static void assertReceived(Answer answer) {
        JsonNode body = answer.json();
        assertThat(answer.status()).as(body.toString()).isEqualTo(200);
        assertThat(body.path("received").asBoolean()).isTrue();
    }

    private void assertKept(byte[] webhook, String reason) {
        Map<?, ?> row = (Map<?, ?>) given(QUARANTINE);
        assertThat(row.get("reason")).isEqualTo(reason);
        assertThat(vault.open((byte[]) row.get("body"), (String) row.get("id"))).isEqualTo(webhook);
    }
}
