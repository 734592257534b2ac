package io.clickthread.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.local.DemoAccount;
import io.clickthread.support.Server.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connected account of a test's own. */
public final class TestAccount {

    public final Server server;
    public final String id;
    public final String wabaId;
    public final String phoneNumberId;
    public final String datasetId;

    private TestAccount(Server server, String id, String wabaId, String phoneNumberId, String datasetId) {
        this.server = server;
        this.id = id;
        this.wabaId = wabaId;
        this.phoneNumberId = phoneNumberId;
        this.datasetId = datasetId;
    }

    public static TestAccount connect(Server server) {
        return connect(server, "77" + Webhooks.unique());
    }

    /** The account of a business whose number is with another provider. */
    public static TestAccount outsideCloudApi(Server server) {
        String waba = "10" + Webhooks.unique();
        String dataset = "77" + Webhooks.unique();
        Reply reply = server.call("POST", "/api/v1/connect/whatsapp/credentials",
                Map.of("accessToken", "EAAtest-" + waba, "wabaId", waba, "metaCapiDatasetId", dataset));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return new TestAccount(server, reply.json().at("/account/accountId").asText(), waba, null, dataset);
    }

    /** The account of the first run, whose id is known before the server starts. */
    public static TestAccount demo(Server server) {
        return new TestAccount(server, DemoAccount.ID, DemoAccount.WABA_ID, DemoAccount.PHONE_NUMBER_ID,
                DemoAccount.DATASET_ID);
    }

    /** With a dataset, or without if it is null. */
    public static TestAccount connect(Server server, String datasetId) {
        String waba = "10" + Webhooks.unique();
        String number = "20" + Webhooks.unique();
        Map<String, Object> body = new LinkedHashMap<>(Map.of("accessToken", "EAAtest-" + waba, "wabaId", waba,
                "phoneNumberId", number, "profileId", "p1"));
        if (datasetId != null) {
            body.put("metaCapiDatasetId", datasetId);
        }
        Reply reply = server.call("POST", "/api/v1/connect/whatsapp/credentials", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return new TestAccount(server, reply.json().at("/account/accountId").asText(), waba, number, datasetId);
    }

    /** Sends messages to this account's number. */
    public Reply receive(Object... messages) {
        return server.webhook(Webhooks.of(phoneNumberId, java.util.List.of(messages)));
    }

    /** A conversation that comes from an ad; its phone. */
    public String clicked(String clickId) {
        String phone = Webhooks.phone();
        assertThat(receive(Webhooks.click(phone, clickId, now())).status()).isEqualTo(200);
        return phone;
    }

    /** Reports a conversion of the contact with this phone; a purchase is worth 1 USD unless {@code more} says otherwise. */
    public Reply convert(String phone, String eventName, String eventId, Object... more) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("accountId", id);
        body.put("phoneE164", phone);
        body.put("eventName", eventName);
        body.put("eventId", eventId);
        if (eventName.equals("Purchase")) {
            body.put("value", 1);
            body.put("currency", "USD");
        }
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return server.call("POST", "/api/v1/whatsapp/conversions", body);
    }

    /** The conversation of a contact as the list shows it; null if there is none. */
    public JsonNode conversation(String participantId) {
        String cursor = null;
        do {
            JsonNode page = server.call("GET", "/api/v1/inbox/conversations?limit=100&accountId=" + id
                    + (cursor == null ? "" : "&cursor=" + cursor), null).json();
            for (JsonNode conversation : page.path("data")) {
                if (conversation.path("participantId").asText().equals(participantId)) {
                    return conversation;
                }
            }
            cursor = page.at("/pagination/nextCursor").textValue();
        } while (cursor != null);
        return null;
    }

    /** A contact's clicks, the oldest first. */
    public JsonNode clicks(String participantId) {
        String conversation = conversation(participantId).path("id").asText();
        return server.call("GET", "/api/v1/inbox/conversations/" + conversation + "?accountId=" + id, null)
                .json().at("/data/clicks");
    }

    public static long now() {
        return System.currentTimeMillis() / 1000;
    }
}
