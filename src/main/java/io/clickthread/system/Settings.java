package io.clickthread.system;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Every setting, {@code clickthread.*}; {@code docs/configuration.md} says what each is for, {@code application.yaml} holds the
 * defaults that depend on the profile.
 *
 * @param host          the address that the HTTP port binds to
 * @param port          webhooks, API and console
 * @param apiKey        the first API key, at least 32 characters
 * @param encryptionKey base64 of 32 bytes; several separated by commas: the first seals, all open
 * @param dataDir       where the embedded database of {@code local} lives
 * @param publicUrl     this server's address as providers see it, or null
 * @param meta          webhooks of Meta
 * @param webhooks      webhooks of all providers
 * @param graph         Meta's Graph API
 * @param http          limits of the HTTP port
 * @param capture       the ledger of clicks
 * @param conversions   what is taken as a conversion
 * @param delivery      how conversions get to Meta
 * @param idempotency   requests with an {@code Idempotency-Key}
 * @param sources       where conversions come from besides the API
 * @param imports       files of conversions
 * @param retention     how long what is stored is kept
 */
@ConfigurationProperties("clickthread")
public record Settings(
        @DefaultValue("0.0.0.0") String host,
        @DefaultValue("8080") int port,
        String apiKey,
        String encryptionKey,
        @DefaultValue(".clickthread") String dataDir,
        String publicUrl,
        @DefaultValue MetaSettings meta,
        @DefaultValue WebhookSettings webhooks,
        @DefaultValue GraphSettings graph,
        @DefaultValue HttpSettings http,
        @DefaultValue CaptureSettings capture,
        @DefaultValue Conversions conversions,
        @DefaultValue Delivery delivery,
        @DefaultValue IdempotencySettings idempotency,
        @DefaultValue SourceSettings sources,
        @DefaultValue ImportSettings imports,
        @DefaultValue RetentionSettings retention) {

    @Override
    public String toString() {
        return "Settings"; // secrets are among them
    }

    /**
     * What is taken as a conversion.
     *
     * @param eventNames the names that Meta accepts for business messaging
     * @param click      {@code first-click} or {@code last-click}: which click of a conversation is sent
     * @param clockSkew  how far in the future an event time may lie, which then counts as now
     * @param maxAge     how old an event may be; Meta refuses older ones
     */
    public record Conversions(
            @DefaultValue({"LeadSubmitted", "Purchase", "AddToCart", "InitiateCheckout", "ViewContent", "OrderCreated",
                "OrderShipped", "OrderDelivered", "OrderCanceled", "OrderReturned", "CartAbandoned", "QualifiedLead",
                "RatingProvided", "ReviewProvided"}) List<String> eventNames,
            @DefaultValue("first-click") ClickChoice click,
            @DefaultValue("5m") Duration clockSkew,
            @DefaultValue("7d") Duration maxAge) {
    }

    /** Which click of a conversation a conversion is sent with. */
    public enum ClickChoice {
        /** The oldest click with a click id. */
        FIRST_CLICK,
        /** The newest click with a click id. */
        LAST_CLICK
    }

    /**
     * How conversions get to Meta.
     *
     * @param lease            how long a sender may take before another one looks after its conversions
     * @param poll             how often due conversions are looked for
     * @param senders          how many calls are made at once in the background
     * @param batch            how many events one call in the background takes; Meta allows 1000
     * @param writers          how many batches of conversions are written at once
     * @param turnWait         how long a request waits for another one of the same contact before it is queued
     * @param retryDelays      the longest waits before the next attempts; the last repeats until the event is too old
     * @param lastTry          how long before an event is too old for Meta its last try is made
     * @param breakerThreshold how many failures in a row trip a destination
     * @param breakerDelays    the waits before a tripped destination is probed
     * @param probeDelays      the waits before a suspended destination is probed
     * @param unknown          what happens to a conversion whose request left but was not answered
     * @param unknownOf        the same by event name, where it differs
     */
    public record Delivery(
            @DefaultValue("30s") Duration lease,
            @DefaultValue("500ms") Duration poll,
            @DefaultValue("8") int senders,
            @DefaultValue("1000") int batch,
            @DefaultValue("2") int writers,
            @DefaultValue("2s") Duration turnWait,
            @DefaultValue({"1s", "3s", "10s", "30s", "1m", "2m", "5m", "10m", "20m", "30m", "1h", "2h", "4h", "6h"})
            List<Duration> retryDelays,
            @DefaultValue("10m") Duration lastTry,
            @DefaultValue("5") int breakerThreshold,
            @DefaultValue({"2s", "5s", "15s", "30s", "1m", "2m", "5m"}) List<Duration> breakerDelays,
            @DefaultValue({"5s", "15s", "1m", "5m", "15m"}) List<Duration> probeDelays,
            @DefaultValue("hold") Unknown unknown,
            @DefaultValue Map<String, Unknown> unknownOf) {
    }

    /** What happens to a conversion whose request left but was not answered. */
    public enum Unknown {
        /** It is kept as unknown, because Meta would count a second one. */
        HOLD,
        /** It is sent again. */
        RESEND
    }
}
