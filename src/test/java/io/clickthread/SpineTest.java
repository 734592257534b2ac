package io.clickthread;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.StandInGraph;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import org.junit.jupiter.api.Test;

/** The story in one go: an ad click, a conversion, and what each shows afterwards. */
class SpineTest {

    private final Server server = Server.shared();

    @Test
    void anAdClickBecomesAConversionThatMetaAccepts() {
        TestAccount account = TestAccount.connect(server);
        String clickId = "ARAk-" + Webhooks.unique();
        String phone = account.clicked(clickId);

        JsonNode conversation = account.conversation(phone);
        assertThat(conversation.at("/metadata/ctwa_clid").asText()).isEqualTo(clickId);
        assertThat(conversation.at("/participantName").asText()).isEqualTo("Sheena Nelson");

        Reply reply = account.convert(phone, "Purchase", "order-1", "value", 49.00, "currency", "USD");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("eventsReceived").asInt()).isEqualTo(1);

        StandInGraph.Call call = server.graph.calls(account.datasetId + "/events").get(0);
        assertThat(call.event().at("/user_data/ctwa_clid").asText()).isEqualTo(clickId);
        assertThat(call.headers()).containsEntry("authorization", "Bearer EAAtest-" + account.wabaId);

        JsonNode list = server.call("GET", "/api/v1/whatsapp/conversions?accountId=" + account.id, null).json();
        assertThat(list.at("/events/0/eventName").asText()).isEqualTo("Purchase");
    }
}
