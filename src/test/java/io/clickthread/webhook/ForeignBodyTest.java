package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.capture.InboundWebhook;
import io.clickthread.channel.Provider;
import io.clickthread.webhook.fuzz.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every provider's sample at every other provider's channel: somebody entered the wrong address. */
class ForeignBodyTest {

    /** Who sends the same bodies under several names. */
    private static final List<Set<String>> FAMILIES = List.of(Set.of("meta", "360dialog", "gupshup", "passthrough"),
            Set.of("evolution", "baileys"));

    private final Adapters adapters = AdapterFuzzTest.adapters();

    @Test
    void aBodyOfAnotherProviderIsKeptAndNeverMisread() {
        List<String> wrong = new ArrayList<>();
        for (Provider provider : Provider.values()) {
            for (Sample sample : Sample.all()) {
                if (!isOneFamily(provider.provider(), sample.provider())) {
                    InboundWebhook read = adapters.parse(provider, AdapterFuzzTest.channel(provider.provider()),
                            sample.of("4479", "ARAk").getBytes(StandardCharsets.UTF_8));
                    if (read.unreadable() == null || !read.messages().isEmpty() || !read.events().isEmpty()) {
                        wrong.add(sample.provider() + " at " + provider.provider());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean isOneFamily(String one, String other) {
        return one.equals(other) || FAMILIES.stream().anyMatch(family -> family.contains(one) && family.contains(other));
    }
}
