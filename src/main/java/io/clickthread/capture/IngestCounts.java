package io.clickthread.capture;

import io.clickthread.channel.ChannelHealth;
import io.clickthread.channel.ChannelTally.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Counts what webhooks bring, for each channel and for {@code /actuator/prometheus}; in memory, at no cost to the webhook. */
@Component("ingestCounts")
public class IngestCounts {

    private static final String KNOWN_CONTACT = "known_contact";
    private static final String UNREAD = "clickthread.webhooks.unread.fields";
    private static final int MOST_NAMED = 50;
    private static final String SUSPECTED = "clickthread.webhooks.suspected.ads";
    private static final String PASSED_OVER = "clickthread.webhooks.passed.over";

    private final ChannelHealth health;
    private final MeterRegistry meters;
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    IngestCounts(ChannelHealth health, MeterRegistry meters) {
        this.health = health;
        this.meters = meters;
    }

    /**
     * Counts a webhook that came in, not one that is run again. What was passed over counts for each channel that the webhook
     * is for: there is one, nearly always.
     *
     * @param result what came of it
     */
    public void count(IngestResult result) {
        InboundWebhook webhook = result.webhook();
        String provider = webhook.provider();
        Map<String, Integer> messages = new HashMap<>(2);
        Map<String, Integer> news = new HashMap<>(2);
        webhook.messages().stream().filter(message -> message.messageId() != null)
                .forEach(message -> messages.merge(message.channel(), 1, Integer::sum));
        result.messages().stream().filter(message -> message.isNew() && message.messageId() != null)
                .forEach(message -> news.merge(message.channelKey(), 1, Integer::sum));
        long suspected = result.messages().stream().filter(message -> message.isNew() && message.isSuspicion()).count();
        if (suspected > 0) {
            meters.counter(SUSPECTED, "provider", provider).increment(suspected);
        }
        messages.forEach((key, count) -> {
            health.tally(provider, key, Kind.MESSAGE, "", count);
            health.tally(provider, key, Kind.WITHOUT_NEWS, KNOWN_CONTACT, count - news.getOrDefault(key, 0));
        });
        webhook.channels().forEach(key -> {
            webhook.passedOver().forEach((reason, count) -> health.tally(provider, key, Kind.WITHOUT_NEWS, reason, count));
            webhook.unreadFields().forEach(field -> health.tally(provider, key, Kind.UNREAD_FIELD, field, 1));
        });
        webhook.passedOver().forEach((reason, count) ->
                meters.counter(PASSED_OVER, "provider", provider, "reason", reason).increment(count));
        webhook.unreadFields().forEach(field ->
                meters.counter(UNREAD, "provider", provider, "field", series(field)).increment());
    }

    /** The name in a series. Names come from outside, and each is a series for ever, so only the first 50 are told apart. */
    private String series(String field) {
        return named.contains(field) || named.size() < MOST_NAMED && named.add(field) ? field : "other";
    }
}
