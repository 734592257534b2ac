package io.clickthread.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.security.HmacSha256;
import io.clickthread.support.Cases;
import io.clickthread.support.MetaEvents;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shops' customers leave out their country code; the order says which country they are in. */
class WooCommercePhoneTest {

    private static final HmacSha256 HMAC = new HmacSha256(Server.SOURCE_SECRET);

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.demo(server);
    private final String order = Webhooks.unique();
    /** A mobile number of São Paulo that no other test has. */
    private final String local = String.format("9%08d", Long.parseLong(order) % 100_000_000);
    private final String clickId = "ARwoo-" + order;

    @ParameterizedTest
    @ValueSource(strings = {"local", "intl"})
    void aPhoneWithOrWithoutCountryCodeIsTheClicks(String name) throws Exception {
        JsonNode orders = new ObjectMapper().readTree(Cases.read("61-woo-orders.json"));
        paid(own(orders.path(name).toString(), "94000-0017", "61\\d\\d"));
    }

    @Test
    void theSmallestOrderIsCompletedByItsCountry() {
        paid(own(Cases.read("34-min.json"), "94100-0034", "6134"));
    }

    @Test
    void withoutACountryAPhoneWithoutCountryCodeIsRefused() {
        clicked();
        String body = own(Cases.read("34-min.json"), "94100-0034", "6134").replace("\"country\":\"BR\",", "");
        assertThat(body).doesNotContain("BR\",");

        Reply reply = send(body);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("reason").asText()).contains("'phoneE164' has no country code").doesNotContain(local);
    }

    private void paid(String body) {
        clicked();

        Reply reply = send(body);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("conversions").asInt()).as(reply.body()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(MetaEvents.of(server, clickId)).hasSize(1));
        assertThat(MetaEvents.of(server, clickId).get(0).path("event_name").asText()).isEqualTo("Purchase");
    }

    private void clicked() {
        assertThat(account.receive(Webhooks.click("5511" + local, clickId, TestAccount.now())).status()).isEqualTo(200);
    }

    /** The order with a number and a phone of its own, in the writing that it has. */
    private String own(String body, String written, String id) {
        assertThat(body).contains(written);
        return body.replace(written, local.substring(0, 5) + "-" + local.substring(5))
                .replaceFirst("\"id\":" + id, "\"id\":" + order);
    }

    private Reply send(String body) {
        byte[] bytes = Server.json(body);
        return server.send("POST", "/sources/webhook/woocommerce", bytes, "Content-Type", "application/json",
                "X-WC-Webhook-Signature", Base64.getEncoder().encodeToString(HMAC.sign(bytes)));
    }
}
