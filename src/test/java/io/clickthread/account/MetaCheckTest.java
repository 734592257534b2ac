package io.clickthread.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked of Meta about a number, what Meta's answers mean, and that nothing depends on there being any. */
class MetaCheckTest {

    private final Server server = Server.shared();
    private final String waba = "10" + Webhooks.unique();
    private final String number = "20" + Webhooks.unique();

    @Test
    void theNoticeNamesEveryFieldAndWhatItNeeds() {
        String notice = connect().json().path("webhookNotice").asText();

        assertThat(notice).contains("/webhooks/meta", "'messages'", "'standby'", "'messaging_handovers'", "'automatic_events'",
                "'history'", "whatsapp_business_messaging", "whatsapp_business_management", "subscribed_apps");
    }

    @Test
    void metaIsAskedOnceInAMinuteForAChannelsHealth() {
        TestAccount account = TestAccount.connect(server);
        int asked = server.graph.calls(account.phoneNumberId + "/routing_roles").size();
        assertThat(asked).as("at the connection").isEqualTo(1);
        JsonNode first = health(account).path("meta");
        JsonNode second = health(account).path("meta");

        assertThat(server.graph.calls(account.phoneNumberId + "/routing_roles")).hasSize(1);
        assertThat(second.path("checkedAt")).isEqualTo(first.path("checkedAt"));
    }

    @Test
    void theTokenAndTheSecretTravelInAHeaderAndNoAddressHoldsThem() {
        TestAccount account = TestAccount.connect(server);

        assertThat(server.graph.calls(account.wabaId + "/subscribed_apps")).singleElement().satisfies(call -> {
            assertThat(String.valueOf(call.query())).doesNotContain("EAA");
            assertThat(call.headers().values().toString()).contains("Bearer EAAtest-" + account.wabaId);
        });
        assertThat(server.graph.calls("/subscriptions")).isNotEmpty().allSatisfy(call ->
                assertThat(call.path() + call.query()).doesNotContain(Server.APP_SECRET));
    }

    @Test
    void rolesAreReadWithAListAroundThemToo() {
        server.graph.next(number + "/routing_roles",
                Reaction.of(200, "{\"data\":[{\"roles\":[\"ctwa\"],\"is_standby\":false}]}"));
        JsonNode meta = connect().json().path("meta");

        assertThat(meta.path("roles").toString()).isEqualTo("[\"ctwa\"]");
        assertThat(meta.path("isStandby").asBoolean(true)).isFalse();
    }

    @Test
    void whereMetaKnowsNoSuchEdgeTheRolesAreAskedForAsAFieldOfTheNumber() {
        server.graph.next(number + "/routing_roles",
                Reaction.of(400, "{\"error\":{\"message\":\"Unknown path components\",\"code\":2500}}"));
        server.graph.next("/" + number, Reaction.of(200, "{\"id\":\"1\"}"),
                Reaction.of(200, "{\"routing_roles\":{\"roles\":[\"utility\",\"ctwa\"],\"is_standby\":true}}"));
        JsonNode meta = connect().json().path("meta");

        assertThat(meta.path("roles").toString()).isEqualTo("[\"utility\",\"ctwa\"]");
        assertThat(meta.path("advice").asText()).doesNotContain("refused", "routing");
    }

    @Test
    void withoutAnyRoleBothPossibilitiesAreSaid() {
        server.graph.next(number + "/routing_roles", Reaction.of(200, "{\"roles\":[],\"is_standby\":false}"));

        assertThat(connect().json().at("/meta/advice").asText()).contains("not set up, and every message arrives, or another");
    }

    @Test
    void anAnswerOfAnotherShapeIsNotKnownAndNothingFails() {
        for (String odd : new String[] {"[]", "{\"roles\":7,\"is_standby\":\"yes\"}", "null", "{}", "<html>"}) {
            server.graph.next(number + "/routing_roles", Reaction.of(200, odd));
            server.graph.next(waba + "/subscribed_apps", Reaction.of(200, odd));
            Reply reply = connect();

            assertThat(reply.status()).as(odd).isEqualTo(200);
            assertThat(reply.json().at("/meta/roles").isNull()).as(odd).isTrue();
            assertThat(reply.json().at("/meta/isStandby").isNull()).as(odd).isTrue();
            assertThat(reply.json().at("/meta/subscribed").isNull()).as(odd).isTrue();
            assertThat(reply.json().at("/meta/advice").asText()).as(odd).contains("is not known");
        }
    }

    @Test
    void aSilentMetaIsWaitedForOnce() {
        server.graph.next(waba + "/subscribed_apps", Reaction.silence());
        server.graph.next(number + "/routing_roles", Reaction.silence());
        Reply reply = connect();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/meta/advice").asText()).contains("Meta did not answer");
        assertThat(server.graph.calls(number + "/routing_roles")).as("asked after the silence").isEmpty();
    }

    @Test
    void anOverrideIsWarnedOfBecauseStandbyNeverFollowsIt() {
        server.graph.next("/app", Reaction.of(200, "{\"id\":\"77\"}"));
        server.graph.next(waba + "/subscribed_apps", Reaction.of(200, "{\"data\":[{\"whatsapp_business_api_data\":{\"id\":\"77\"},"
                + "\"override_callback_uri\":\"https://elsewhere.example/hook\"}]}"));
        JsonNode meta = connect().json().path("meta");

        assertThat(meta.path("subscribed").asBoolean()).isTrue();
        assertThat(meta.path("advice").asText()).contains("override address", "app's own callback URL");
    }

    @Test
    void aChannelOfAnotherProviderHasNothingToAskMetaFor() {
        TestChannel channel = TestChannel.open(server, "whapi", "W-" + Webhooks.unique());
        JsonNode health = server.call("GET", "/api/v1/channels/" + channel.id + "/health", null).json();

        assertThat(health.has("meta")).isTrue();
        assertThat(health.path("meta").isNull()).isTrue();
    }

    @Test
    void anAccountOutsideCloudApiIsConnectedWithoutAQuestion() {
        Reply reply = server.call("POST", "/api/v1/connect/whatsapp/credentials", Map.of("accessToken", "EAAtest", "wabaId", waba));

        assertThat(reply.json().path("meta").isNull()).isTrue();
        assertThat(server.graph.calls(waba + "/subscribed_apps")).isEmpty();
    }

    private Reply connect() {
        return server.call("POST", "/api/v1/connect/whatsapp/credentials",
                Map.of("accessToken", "EAAtest", "wabaId", waba, "phoneNumberId", number));
    }

    private JsonNode health(TestAccount account) {
        String id = server.call("GET", "/api/v1/accounts/" + account.id + "/channels", null).json().at("/channels/0/_id").asText();
        return server.call("GET", "/api/v1/channels/" + id + "/health", null).json();
    }
}
