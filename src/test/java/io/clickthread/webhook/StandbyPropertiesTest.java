package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
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

/** However the copies of a message are spread over messages and standby, and over webhooks, its click is one. */
class StandbyPropertiesTest {

    /** A copy of a message: on which field, whether Meta has left the ad in it, and whether the webhook ends with it. */
    record Copy(int message, boolean isStandby, boolean hasAd, boolean endsWebhook) {
    }

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);

    @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
    void everyMessageWithAnAdIsOneClickInWhateverOrderItsCopiesCome(@ForAll("copies") List<Copy> copies) {
        String phone = Webhooks.phone();
        List<Object> webhook = new ArrayList<>();
        for (Copy copy : copies) {
            webhook.add(change(copy, phone));
            if (copy.endsWebhook()) {
                send(webhook);
            }
        }
        send(webhook);

        long expected = copies.stream().filter(Copy::hasAd).map(Copy::message).distinct().count();
        assertThat(account.clicks(phone)).hasSize((int) expected);
    }

    @Provide
    Arbitrary<List<Copy>> copies() {
        return Combinators.combine(Arbitraries.integers().between(0, 2), Arbitraries.of(true, false),
                Arbitraries.of(true, true, false), Arbitraries.of(true, false)).as(Copy::new).list().ofMinSize(1).ofMaxSize(10);
    }

    private Map<String, Object> change(Copy copy, String phone) {
        Map<String, Object> message = Webhooks.text(phone, TestAccount.now());
        message.put("id", "wamid." + phone + "." + copy.message());
        if (copy.hasAd()) {
            message.put("referral", Webhooks.referral("clid-" + phone + "-" + copy.message()));
        }
        Map<String, Object> value = new LinkedHashMap<>(Map.of("metadata", Map.of("phone_number_id", account.phoneNumberId)));
        value.putAll(copy.isStandby() ? Map.of("standby", Map.of("messages", List.of(message))) : Map.of("messages", List.of(message)));
        return Map.of("field", copy.isStandby() ? "standby" : "messages", "value", value);
    }

    private void send(List<Object> changes) {
        if (!changes.isEmpty()) {
            assertThat(server.webhook(Webhooks.envelope(changes.toArray())).status()).isEqualTo(200);
            changes.clear();
        }
    }
}
