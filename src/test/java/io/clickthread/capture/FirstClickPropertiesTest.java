package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** However clicks are ordered, repeated and split into webhooks, the ledger is that of their own times. */
class FirstClickPropertiesTest {

    /** A delivery: whose click, which id (null: a touch), when; {@code message} tells messages apart. */
    record Delivery(int contact, String clickId, long time, int message, boolean endsWebhook) {
    }

    private final TestAccount account = TestAccount.connect(Server.shared());

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void theEarliestClickIsFirstAndEachClickIsThereOnce(@ForAll("deliveries") List<Delivery> deliveries) {
        String run = Webhooks.unique();
        List<String> phones = List.of(Webhooks.phone(), Webhooks.phone(), Webhooks.phone());
        List<Object> webhook = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            Map<String, Object> message = Webhooks.click(phones.get(delivery.contact()), delivery.clickId(),
                    time(delivery));
            message.put("id", "wamid." + run + "." + id(delivery));
            webhook.add(message);
            if (delivery.endsWebhook()) {
                receive(webhook);
            }
        }
        receive(webhook);

        for (int contact = 0; contact < phones.size(); contact++) {
            List<Delivery> expected = ledger(deliveries, contact);
            if (!expected.isEmpty()) {
                JsonNode clicks = account.clicks(phones.get(contact));
                List<String> shown = new ArrayList<>();
                clicks.forEach(click -> shown.add(click.path("ctwa_clid").asText(null)));
                assertThat(shown).isEqualTo(expected.stream().map(Delivery::clickId).toList());
                assertThat(account.conversation(phones.get(contact)).at("/metadata/ctwa_clid").asText(null))
                        .isEqualTo(shown.stream().filter(java.util.Objects::nonNull).findFirst().orElse(null));
            }
        }
    }

    /** The rule in plain words: each click id, and each message without one, once, at its earliest time, by arrival. */
    private static List<Delivery> ledger(List<Delivery> deliveries, int contact) {
        Map<String, Delivery> once = new LinkedHashMap<>();
        deliveries.stream().filter(delivery -> delivery.contact() == contact).forEach(delivery -> once.merge(
                delivery.clickId() == null ? id(delivery) : delivery.clickId(), delivery,
                (known, again) -> again.time() < known.time() ? again : known));
        return once.values().stream().sorted(Comparator.comparingLong(Delivery::time)).toList();
    }

    private static String id(Delivery delivery) {
        return delivery.contact() + "." + delivery.clickId() + "." + delivery.time() + "." + delivery.message();
    }

    private static long time(Delivery delivery) {
        return 1_750_000_000L + delivery.time();
    }

    private void receive(List<Object> webhook) {
        if (!webhook.isEmpty()) {
            assertThat(account.receive(webhook.toArray()).status()).isEqualTo(200);
            webhook.clear();
        }
    }

    @Provide
    Arbitrary<List<Delivery>> deliveries() {
        return Combinators.combine(Arbitraries.integers().between(0, 2), Arbitraries.of("a", "b", "c").injectNull(0.2),
                        Arbitraries.longs().between(0, 4), Arbitraries.integers().between(0, 2),
                        Arbitraries.of(true, false))
                .as(Delivery::new).list().ofMinSize(1).ofMaxSize(15);
    }
}
