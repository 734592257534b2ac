package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a field of a webhook, it is answered with 200 and costs the click beside it nothing. */
class HostileWebhookPropertiesTest {

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);

    @Property(tries = 120)
    void anyValueInAnyFieldOfAMessageLeavesItsNeighbourAlone(@ForAll("values") String value,
                                                             @ForAll("places") int place) throws IOException {
        String phone = Webhooks.phone();
        Map<String, Object> message = Webhooks.click(Webhooks.phone(), "clid-" + phone, TestAccount.now());
        message.put("from_user_id", "US." + phone);
        JsonNode victim = Server.JSON.valueToTree(message);
        List<Runnable> fields = new ArrayList<>();
        collect(victim, fields, "@@");
        fields.get(place % fields.size()).run();
        String good = Server.JSON.writeValueAsString(Webhooks.click(phone, "good-" + phone, TestAccount.now()));
        String body = "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"metadata\":{\"phone_number_id\":\""
                + account.phoneNumberId + "\"},\"contacts\":" + (place % 2 == 0 ? "[]" : value) + ",\"messages\":["
                + Server.JSON.writeValueAsString(victim).replace("\"@@\"", value) + "," + good + "]}}]}]}";

        assertThat(server.webhook(body).status()).as(body).isEqualTo(200);

        assertThat(server.database().queryForObject("select count(*) from click where account_id = ? and ctwa_clid = ?",
                Integer.class, account.id, "good-" + phone)).as(body).isEqualTo(1);
    }

    @Property(tries = 80)
    void anyValueInAnyPlaceOfTheEnvelopeIsAnsweredWith200(@ForAll("values") String value, @ForAll("places") int place)
            throws IOException {
        JsonNode webhook = Server.JSON.valueToTree(Webhooks.of(account.phoneNumberId,
                Webhooks.click(Webhooks.phone(), "clid", TestAccount.now())));
        List<Runnable> fields = new ArrayList<>();
        collect(webhook, fields, "@@");
        fields.get(place % fields.size()).run();

        String body = Server.JSON.writeValueAsString(webhook).replace("\"@@\"", value);
        assertThat(server.webhook(body).status()).as(body).isEqualTo(200);
    }

    private static void collect(JsonNode node, List<Runnable> fields, String mark) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                fields.add(() -> object.put(name, mark));
                collect(object.get(name), fields, mark);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                fields.add(() -> array.set(index, Server.JSON.getNodeFactory().textNode(mark)));
                collect(array.get(i), fields, mark);
            }
        }
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, 199);
    }

    /** Values as they stand in the body, so that they may be what no serializer would write. */
    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> texts = Arbitraries.strings().all().ofMaxLength(50).map(text -> {
            StringBuilder escaped = new StringBuilder("\"");
            text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
            return escaped.append('"').toString();
        });
        return Arbitraries.oneOf(texts, Arbitraries.of("null", "true", "0", "-1", "1.5", "1e400", "1e999999999",
                "9223372036854775808", "{}", "[]", "[[]]", "[null]", "{\"a\":{\"b\":[1]}}", "\"\"", "\" \"", "\"\\u0000\"",
                "\"\\u0000\\u0000\"", "\"\\ud800\"", "\"\\ude00x\"", "\"a\\u0000b\"", "\"'; drop table click; --\"",
                "\"${body}\"", "\"${bean:vault?method=keyId}\"", "\"{{clickthread.api-key}}\"", "\":#name\"", "\"%s%n\"",
                "\"" + "x".repeat(600) + "\"", "\"" + "x".repeat(200_000) + "\"", "\"\\ud83d\\ude00\"",
                "[" + "1,".repeat(500) + "1]", "{\"ctwa_clid\":{}}", "{\"ctwa_clid\":[\"a\"]}", "\"system\""));
    }
}
