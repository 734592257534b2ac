package io.clickthread.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.local.DemoAccount;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator plays Conversation Routing, withheld messages and how Meta has an app. */
class RoutingScenariosTest {

    private static Server server;
    private final String phone = Webhooks.phone();

    @BeforeAll
    static void start() {
        server = Server.start(Map.of("clickthread.graph.url",
                "http://127.0.0.1:${clickthread.port}/simulator/graph", "clickthread.graph.response-timeout", "5s"));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages", "standby", "both"})
    void aClickIsOneOnWhateverFieldItComes(String field) {
        click(Map.of("field", field, "phone", phone));

        assertThat(clicks(phone)).isEqualTo(1);
        assertThat(convert(phone).json().path("eventsReceived").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"control_passed,true", "control_taken,false"})
    void aHandoverIsShownOnTheConversation(String handover, boolean isThisApp) {
        click(Map.of("handover", handover, "phone", phone));

        JsonNode control = TestAccount.demo(server).conversation(phone).path("control");
        assertThat(control.path("owner").asText()).isEqualTo("escalation");
        assertThat(control.path("isThisApp").asBoolean(!isThisApp)).isEqualTo(isThisApp);
    }

    @Test
    void aWithheldFirstMessageIsSuspectedAndTheAutomaticEventCompletesIt() {
        click(Map.of("withheld", true, "phone", phone));
        JsonNode conversation = TestAccount.demo(server).conversation(phone);
        assertThat(conversation.at("/referralHint/type").asText()).isEqualTo("suspected_ad");
        assertThat(conversation.has("metadata")).isFalse();

        String other = Webhooks.phone();
        JsonNode click = click(Map.of("withheld", true, "automaticEvent", true, "phone", other));
        assertThat(TestAccount.demo(server).conversation(other).at("/metadata/ctwa_clid")).isEqualTo(click.path("ctwa_clid"));
        assertThat(convert(other).json().path("eventsReceived").asInt()).isEqualTo(1);
    }

    @Test
    void somebodyWithoutAPhoneIsWithheldAndCompletedToo() {
        JsonNode click = click(Map.of("withheld", true, "automaticEvent", true, "withoutPhone", true));

        JsonNode conversation = TestAccount.demo(server).conversation(click.path("userId").asText());
        assertThat(conversation.at("/metadata/ctwa_clid")).isEqualTo(click.path("ctwa_clid"));
    }

    @Test
    void aUserIdWhereThePhoneUsedToBeStaysAUserId() {
        JsonNode click = click(Map.of("userIdAsFrom", true, "handover", "control_passed"));

        assertThat(click.has("phone")).isFalse();
        assertThat(click.at("/webhook/entry/0/changes/0/value/messages/0/from")).isEqualTo(click.path("userId"));
        assertThat(TestAccount.demo(server).conversation(click.path("userId").asText()).at("/control/owner").asText())
                .isEqualTo("escalation");
        assertThat(server.database().queryForList("select kind from contact_alias where value = ?", String.class,
                click.path("userId").asText())).containsExactly("user_id");
    }

    @Test
    void thoseWhoPassMetasFormOnCanDoAllOfItAndOthersSaySo() {
        JsonNode click = click(Map.of("provider", "360dialog", "field", "standby", "handover", "control_taken", "phone", phone));
        assertThat(click.path("deliveries").asInt()).isEqualTo(2);
        assertThat(clicks(phone)).isEqualTo(1);

        assertThat(simulate(Map.of("provider", "twilio", "field", "standby")).status()).isEqualTo(422);
        for (Map<String, ?> body : List.<Map<String, ?>>of(Map.of("field", "calls"), Map.of("handover", "yes"),
                Map.of("withheld", "yes"))) {
            assertThat(simulate(body).status()).as("%s", body).isEqualTo(400);
        }
    }

    @Test
    void theAdEntryPointIsSaidToBeHereWhereItIs() {
        JsonNode meta = connect("EAAtest", "10" + Webhooks.unique(), "20" + Webhooks.unique()).json().path("meta");

        assertThat(meta.path("subscribed").asBoolean()).isTrue();
        assertThat(meta.path("subscribedFields").toString()).contains("standby", "messaging_handovers", "automatic_events");
        assertThat(meta.path("missingFields")).isEmpty();
        assertThat(meta.path("roles").toString()).contains("ctwa");
        assertThat(meta.path("isStandby").asBoolean()).isTrue();
        assertThat(meta.path("advice").asText()).isEqualTo(
                "The app gets every field that brings clicks, and the ad entry point is this business's.");
        assertThat(meta.path("checkedAt").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',-simulate-not-subscribed,'',subscribed_apps", "-simulate-fields-missing,'','',not subscribed to 'standby'",
        "'','',-simulate-other-responder,Another responder may own the ad entry point",
        "'','',-simulate-other-responder,arrive on 'standby'", "'','',-simulate-no-standby,messages from ads do not arrive",
        "-simulate-hidden-setup,'','',whatsapp_business_management",
        "'',-simulate-no-permission,'',whatsapp_business_management",
        "'',-simulate-service-down,'',refused to tell some of this (code 2)",
        "'',-simulate-reset,'',Meta did not answer"})
    void whatIsNotAsItShouldBeIsSaidAndTheAccountIsConnected(String token, String waba, String number, String said) {
        String name = Webhooks.unique();
        Reply reply = connect("EAAtest" + token, "10" + name + waba, "20" + name + number);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().at("/meta/advice").asText()).contains(said);

        String account = reply.json().at("/account/accountId").asText();
        String channel = server.call("GET", "/api/v1/accounts/" + account + "/channels", null).json().at("/channels/0/_id").asText();
        Reply health = server.call("GET", "/api/v1/channels/" + channel + "/health", null);
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path("meta")).isEqualTo(reply.json().path("meta"));
    }

    @Test
    void anAppIsToldItsOwnSubscriptionsAndNobodyElseIs() {
        String path = "/simulator/graph/v25.0/100200300400801/subscriptions";
        assertThat(server.send("GET", path, null, "Authorization", "Bearer EAAx").json().at("/error/code").asInt()).isEqualTo(15);
        assertThat(server.send("GET", path, null, "Authorization", "Bearer 100200300400801|" + Server.APP_SECRET).status())
                .isEqualTo(200);
        assertThat(server.send("GET", path, null, "Authorization", "Bearer 100200300400801|wrong").status()).isEqualTo(400);
    }

    private static Reply connect(String token, String waba, String number) {
        return server.call("POST", "/api/v1/connect/whatsapp/credentials",
                Map.of("accessToken", token, "wabaId", waba, "phoneNumberId", number));
    }

    private static Reply simulate(Map<String, ?> wishes) {
        return server.send("POST", "/simulator/click", Server.json(wishes), "Content-Type", "application/json");
    }

    private static JsonNode click(Map<String, ?> wishes) {
        Reply reply = simulate(wishes);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("webhookStatus").asInt()).isEqualTo(200);
        return reply.json();
    }

    private static int clicks(String phone) {
        return TestAccount.demo(server).clicks(phone).size();
    }

    private static Reply convert(String phone) {
        return server.call("POST", "/api/v1/whatsapp/conversions", new HashMap<>(Map.of("accountId", DemoAccount.ID, "phoneE164",
                phone, "eventName", "Purchase", "eventId", "e-" + phone, "value", 49, "currency", "USD")));
    }
}
