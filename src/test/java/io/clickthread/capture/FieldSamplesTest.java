package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which webhooks are kept as samples. */
class FieldSamplesTest {

    private final FieldSamples samples = new FieldSamples();

    @Test
    void aNameIsWantedUntilItWasKept() {
        assertThat(samples.isWanted(of("a"))).isTrue();
        samples.kept(of("a"));

        assertThat(samples.isWanted(of("a"))).isFalse();
        assertThat(samples.isWanted(of("b"))).isTrue();
    }

    @Test
    void aWebhookWithTwoNamesIsTheSampleOfTheOneThatHasNone() {
        Set<String> both = new LinkedHashSet<>(List.of("a", "b"));
        assertThat(samples.choose(both)).isEqualTo("a");
        samples.kept(of("a"));

        assertThat(samples.choose(both)).isEqualTo("b");
        samples.kept(of("b"));
        assertThat(samples.choose(both)).as("still a name for whoever runs it again").isEqualTo("a");
    }

    @Test
    void nobodyFillsTheStoreWithNames() {
        int wanted = 0;
        for (int i = 0; i < 10_000; i++) {
            if (samples.isWanted(of("field_" + i))) {
                samples.kept(of("field_" + i));
                wanted++;
            }
        }

        assertThat(wanted).isEqualTo(100);
    }

    @Test
    void aWebhookThatIsKeptForAnotherReasonIsAlwaysWanted() {
        samples.kept(of(null));

        assertThat(samples.isWanted(of(null))).isTrue();
    }

    private static IngestResult of(String name) {
        return new IngestResult(new InboundWebhook("meta", null, new byte[0], List.of(), List.of(), null), List.of(), List.of(), "why", name);
    }
}
