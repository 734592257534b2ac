package io.clickthread.channel;

import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How a channel stands, for whoever sets it up: whether webhooks come, whether they are refused, and what to do then. */
@Component("channelReport")
public class ChannelReport {

    private static final int DAYS = 30;
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final ChannelHealth health;
    private final ChannelTraffic traffic;

    ChannelReport(ChannelHealth health, ChannelTraffic traffic) {
        this.health = health;
        this.traffic = traffic;
    }

    /**
     * Which channel a request is about.
     *
     * @param request with the path parameter {@code id}
     * @return the parameters of {@code show-channel-health.sql}
     */
    public Map<String, Object> which(Request request) {
        return Map.of("id", request.path("id"), "days", DAYS);
    }

    /**
     * The report.
     *
     * @param row of {@code show-channel-health.sql}, or null
     * @return {@code {channelId, accountId, provider, key, status, advice, lastWebhookAt, lastRefusalAt, lastRefusal, clicks,
     *         suspected, traffic, inQuarantine}}
     * @throws Problem 404 if there is no such channel of a connected account
     */
    public Map<String, Object> answer(Map<String, Object> row) {
        if (row == null) {
            throw Problem.notFound("channel_not_found", "Channel not found. GET /api/v1/accounts/{accountId}/channels lists "
                    + "those of an account.");
        }
        Channel channel = Channel.of(row);
        Instant received = Rows.instant(row, "last_webhook_at");
        ChannelHealth.Note refusal = new ChannelHealth.Note(null, Rows.instant(row, "last_refusal_at"),
                Rows.text(row, "last_refusal"));
        boolean sharesAddress = channel.provider() == Provider.META && channel.sealedSecret() == null;
        if (sharesAddress && isLater(health.metaRefusal().refused(), refusal.refused())) {
            refusal = health.metaRefusal();
        }
        int clicks = Rows.number(row, "clicks");
        int withClickId = Rows.number(row, "with_click_id");
        Finding finding = !sharesAddress && channel.sealedSecret() == null ? Finding.NO_SECRET
                : !FieldPath.canBeFollowed(channel.config().paths()) ? Finding.PATHS_REFUSED
                : isLater(refusal.refused(), received) ? Finding.REFUSED
                : received == null ? Finding.NO_WEBHOOK_YET
                : Rows.number(row, "waiting") > 0 ? Finding.QUARANTINED
                : clicks > 0 && withClickId == 0 ? Finding.NO_CLICK_IDS
                : Rows.number(row, "suspected") > Rows.number(row, "completed") ? Finding.WITHHELD : Finding.OK;

        Map<String, Object> report = new LinkedHashMap<>();
        report.put("channelId", channel.id());
        report.put("accountId", channel.accountId());
        report.put("provider", channel.provider().provider());
        report.put("key", channel.key());
        report.put("status", finding.status());
        report.put("advice", finding.advice);
        report.put("lastWebhookAt", iso(received));
        report.put("lastRefusalAt", iso(refusal.refused()));
        report.put("lastRefusal", refusal.why());
        report.put("clicks", ChannelTraffic.clicks(row, DAYS));
        report.put("suspected", ChannelTraffic.suspected(row, DAYS));
        report.put("traffic", traffic.counts(row, DAYS));
        report.put("inQuarantine", Rows.number(row, "waiting"));
        return report;
    }

    private static boolean isLater(Instant one, Instant other) {
        return one != null && (other == null || one.isAfter(other));
    }

    private static String iso(Instant time) {
        return time == null ? null : ISO.format(time);
    }

    private enum Finding {
        OK("Webhooks arrive; nothing needs to be done."),
        NO_WEBHOOK_YET("No webhook has come yet: enter at the provider what 'setup' of the list of channels says, and send the "
                + "number a message."),
        REFUSED("The last webhook was refused, and 'lastRefusal' says what was expected: enter the same secret at the provider "
                + "and here, with PUT /api/v1/accounts/{accountId}/channels/{id}."),
        NO_SECRET("Every webhook is refused until the channel has a secret: set one with "
                + "PUT /api/v1/accounts/{accountId}/channels/{id}, and the same at the provider."),
        PATHS_REFUSED("The channel's config.paths have functions or filters that are no longer followed, so its webhooks are kept "
                + "in quarantine: PUT paths such as $.events[0].from, then replay the webhooks."),
        QUARANTINED("Webhooks of this channel wait in quarantine, and a click may be in them: 'traffic.quarantined' says why they "
                + "were not read. Mend that, or update Clickthread, and run them again with POST "
                + "/api/v1/webhooks/quarantine/replay."),
        NO_CLICK_IDS("Messages from ads arrive without click ids, so their conversions cannot be attributed: see in the "
                + "provider's page of docs/providers what it needs to hand them on."),
        WITHHELD("WhatsApp withheld first messages of new contacts (error 131060), as it does on numbers that are in the WhatsApp "
                + "Business app, too, when somebody taps an ad: subscribe to 'automatic_events', which brings their click ids, and "
                + "answer them, because their next message may bring the ad.");

        private final String advice;

        Finding(String advice) {
            this.advice = advice;
        }

        private String status() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
