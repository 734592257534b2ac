package io.clickthread.webhook;

import io.clickthread.capture.FieldSamples;
import io.clickthread.capture.InboundWebhook;
import io.clickthread.capture.IngestResult;
import io.clickthread.channel.Channel;
import io.clickthread.channel.ChannelHealth;
import io.clickthread.channel.ChannelTally;
import io.clickthread.channel.Channels;
import io.clickthread.channel.Provider;
import io.clickthread.http.Page;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.http.Times;
import io.clickthread.security.Vault;
import io.clickthread.store.Rows;
import io.clickthread.system.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Webhooks that were kept whole: sealed, because they hold what people wrote, and run again on request. */
@Component("quarantinedWebhooks")
public class QuarantinedWebhooks {

    private final Vault vault;
    private final Adapters adapters;
    private final Channels channels;
    private final ChannelHealth health;
    private final FieldSamples samples;

    QuarantinedWebhooks(Vault vault, Adapters adapters, Channels channels, ChannelHealth health, FieldSamples samples) {
        this.samples = samples;
        this.vault = vault;
        this.adapters = adapters;
        this.channels = channels;
        this.health = health;
    }

    /**
     * The row for a webhook to keep.
     *
     * @param result with its reason
     * @return the parameters of {@code quarantine-webhook.sql}
     */
    public Map<String, Object> row(IngestResult result) {
        String id = Ids.next();
        Map<String, Object> row = new HashMap<>();
        row.put("id", id);
        row.put("provider", result.webhook().provider());
        row.put("channelKey", result.webhook().channel());
        row.put("reason", result.quarantineReason());
        row.put("body", vault.seal(result.webhook().raw(), id));
        row.put("bodyKey", vault.keyId());
        row.put("sampleOf", result.sampleOf());
        row.put("bodyHash", hash(result.webhook()));
        return row;
    }

    private static byte[] hash(InboundWebhook webhook) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((webhook.provider() + '\n' + webhook.channel() + '\n').getBytes(StandardCharsets.UTF_8));
            return digest.digest(webhook.raw());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /**
     * Counts a webhook that was kept.
     *
     * @param result with its reason
     * @param id     of the row; null if the same webhook, or a sample of the same name, is kept already
     */
    public void stored(IngestResult result, String id) {
        samples.kept(result);
        if (id != null) {
            InboundWebhook webhook = result.webhook();
            health.count(webhook.provider(), "quarantined");
            webhook.channels().forEach(key ->
                    health.tally(webhook.provider(), key, ChannelTally.Kind.QUARANTINED, result.quarantineReason(), 1));
        }
    }

    /**
     * Which quarantined webhook a request is about.
     *
     * @param request with the path parameter {@code id}
     * @return the parameters of {@code find-quarantined-webhook.sql}
     */
    public Map<String, Object> find(Request request) {
        return Map.of("id", request.path("id"));
    }

    /**
     * Reads a quarantined webhook as if it came in now; one of a source of conversions is left to the source to read.
     *
     * @param row of {@code find-quarantined-webhook.sql}, or null if there was none
     * @return the webhook
     * @throws Problem 404 if there was none
     */
    public InboundWebhook open(Map<String, Object> row) {
        if (row == null) {
            throw Problem.notFound("quarantined_webhook_not_found",
                    "There is no quarantined webhook with this id. GET /api/v1/webhooks/quarantine lists them.");
        }
        byte[] raw = vault.open((byte[]) row.get("body"), Rows.text(row, "id"));
        String name = Rows.text(row, "provider");
        String key = Rows.text(row, "channel_key");
        if (key == null && !name.equals(Provider.META.provider())) {
            return new InboundWebhook(name, null, raw, List.of(), List.of(), null);
        }
        Channel channel = key == null ? null : channels.find(name, key);
        return key != null && channel == null
                ? new InboundWebhook(name, key, raw, List.of(), List.of(), "Its channel is gone, or its account disconnected.")
                : adapters.parse(Provider.of(name), channel, raw);
    }

    /**
     * Whether a quarantined webhook is a source's, with conversions in it, rather than a provider's.
     *
     * @param webhook as {@link #open} gave it
     * @return true for a source's
     */
    public boolean isOfSource(InboundWebhook webhook) {
        return webhook.channel() == null && !webhook.provider().equals(Provider.META.provider());
    }

    /**
     * What a replay brought.
     *
     * @param result the webhook after {@code capture-clicks}
     * @return {@code {replayed, clicks, messages, reason?}}; not replayed: it must still be kept, for that reason
     */
    public Map<String, Object> replayed(IngestResult result) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("replayed", !result.isQuarantined());
        answer.put("messages", result.webhook().messages().size());
        answer.put("clicks", result.clicks().size());
        if (result.isQuarantined()) {
            answer.put("reason", result.quarantineReason());
        }
        return answer;
    }

    /**
     * Which page of the list a request wants.
     *
     * @param request with {@code provider}, {@code since}, {@code until}, {@code limit} (1 to 100, else 50) and {@code cursor}
     * @return the page to read
     */
    public Page page(Request request) {
        Map<String, Object> filters = new HashMap<>();
        filters.put("provider", request.query("provider"));
        filters.put("since", Times.read("since", request.query("since")));
        filters.put("until", Times.read("until", request.query("until")));
        return Page.of(request, 50, 100, filters);
    }

    /**
     * A page as JSON.
     *
     * @param page what was asked for
     * @param rows of {@code list-quarantined-webhooks.sql}
     * @return {@code {webhooks: [{id, provider, channelKey, reason, receivedAt, repeats, replayedAt}], pagination}}
     */
    public Map<String, Object> list(Page page, List<Map<String, Object>> rows) {
        List<Map<String, Object>> webhooks = new ArrayList<>();
        for (Map<String, Object> row : page.rows(rows)) {
            Map<String, Object> webhook = new LinkedHashMap<>();
            webhook.put("id", row.get("id"));
            webhook.put("provider", row.get("provider"));
            webhook.put("channelKey", row.get("channel_key"));
            webhook.put("reason", row.get("reason"));
            webhook.put("receivedAt", Rows.iso(row, "received_at"));
            webhook.put("repeats", row.get("repeats"));
            webhook.put("replayedAt", Rows.iso(row, "replayed_at"));
            webhooks.add(webhook);
        }
        return Map.of("webhooks", webhooks, "pagination", page.pagination(rows, "received_at"));
    }
}
