package io.clickthread.simulator;

import io.clickthread.channel.Provider;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Who makes whose webhooks. */
@Component
@Profile("local")
class SimulatedProviders {

    private final Map<Provider, ProviderClicks> byProvider = new EnumMap<>(Provider.class);

    SimulatedProviders(List<ProviderClicks> all) {
        all.forEach(clicks -> clicks.providers().forEach(provider -> byProvider.put(provider, clicks)));
    }

    /** Makes the webhooks of this provider. */
    ProviderClicks of(Provider provider) {
        return byProvider.get(provider);
    }
}
