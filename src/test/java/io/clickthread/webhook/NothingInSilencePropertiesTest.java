package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.capture.InboundWebhook;
import io.clickthread.channel.Provider;
import io.clickthread.webhook.fuzz.Nesting;
import io.clickthread.webhook.fuzz.Sample;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Wherever a provider puts an ad, its click is captured or its webhook quarantined. */
class NothingInSilencePropertiesTest {

    private static final String CLICK = "ARA-in-a-nest";

    private final Adapters adapters = AdapterFuzzTest.adapters();
    private final List<Sample> samples = Sample.all().stream().filter(Sample::isClick).toList();

    @Property(tries = 5_000)
    void anIntactAdIsCapturedOrQuarantinedWhereverItStands(@ForAll @IntRange(max = 1_000) int which, @ForAll long seed) {
        Sample sample = samples.get(which % samples.size());
        Nesting nesting = new Nesting(new Random(seed));
        String body = sample.isForm() ? nesting.nestForm(sample.of("4479", CLICK), "Referral")
                : nesting.nest(sample.json("4479", CLICK)).toString();

        InboundWebhook read = read(sample.provider(), body);

        boolean captured = read.messages().stream().anyMatch(message -> message.referral() != null
                && CLICK.equals(message.referral().clickId()));
        assertThat(captured || read.unreadable() != null).as("%s: %s", sample.provider(), body).isTrue();
    }

    private InboundWebhook read(String provider, String body) {
        return adapters.parse(Provider.of(provider), AdapterFuzzTest.channel(provider), body.getBytes(StandardCharsets.UTF_8));
    }
}
