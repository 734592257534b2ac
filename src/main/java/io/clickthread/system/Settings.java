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
        @DefaultValue Meta meta,
        @DefaultValue Webhooks webhooks,
        @DefaultValue Graph graph,
        @DefaultValue Http http,
        @DefaultValue Capture capture,
        @DefaultValue Conversions conversions,
        @DefaultValue Delivery delivery,
        @DefaultValue Idempotency idempotency,
        @DefaultValue SourceSettings sources,
        @DefaultValue Imports imports,
        @DefaultValue Retention retention) {

    @Override
    public String toString() {
        return "Settings"; // secrets are among them
    }

    /**
     * Webhooks of Meta.
     *
     * @param appSecret   signs webhooks; several separated by commas, one per app or during a rotation
     * @param verifyToken the token of the webhook handshake
     */
    public record Meta(String appSecret, String verifyToken) {

        @Override
        public String toString() {
            return "Meta"; // nothing but secrets
        }
    }

    /**
     * Webhooks of all providers.
     *
     * @param tolerance     how far off the signed time of a webhook may be
     * @param secretOverlap how long a channel's secret stays good after it was replaced
     * @param healthWrite   how often it is written when channels were heard of
     * @param metaCheckLife how long it is remembered what Meta says of a number's subscriptions and roles
     */
    public record Webhooks(
            @DefaultValue("5m") Duration tolerance,
            @DefaultValue("24h") Duration secretOverlap,
            @DefaultValue("5s") Duration healthWrite,
            @DefaultValue("1m") Duration metaCheckLife) {
    }

    /**
     * Meta's Graph API.
     *
     * @param url             https, or http on loopback
     * @param version         for example {@code v25.0}
     * @param connectTimeout  how long to wait for a connection
     * @param responseTimeout how long to wait for an answer; a conversion without one is of unknown outcome
     * @param totalTimeout    how long a call may take from its beginning to the last byte of its answer; the same then
     * @param connections     how many calls may be under way at once
     */
    public record Graph(
            @DefaultValue("https://graph.facebook.com") String url,
            @DefaultValue("v25.0") String version,
            @DefaultValue("2s") Duration connectTimeout,
            @DefaultValue("5s") Duration responseTimeout,
            @DefaultValue("10s") Duration totalTimeout,
            @DefaultValue("128") int connections) {
    }

    /**
     * Limits of the HTTP port.
     *
     * @param maxBodyBytes    413 above it; Meta sends up to 3 MB
     * @param workers         how many requests may wait for the database or Meta at once
     * @param idleTimeout     when an unused connection is closed, and one whose client takes nothing of its answers
     * @param webhookWorkers  how many of the workers requests to the API never take
     * @param waiting         how many requests to the API may wait for a worker
     * @param requests        how many requests of any kind may wait or be worked on
     * @param bodyMemoryBytes how many bytes of bodies may be held; 0 for a sixteenth of the heap
     * @param readTimeout     within which a body must have arrived
     * @param connections     how many may be open
     * @param publicPaths     what addresses of further routes begin with that take requests without an API key
     */
    public record Http(
            @DefaultValue("3145728") long maxBodyBytes,
            @DefaultValue("288") int workers,
            @DefaultValue("60s") Duration idleTimeout,
            @DefaultValue("32") int webhookWorkers,
            @DefaultValue("256") int waiting,
            @DefaultValue("1024") int requests,
            @DefaultValue("0") long bodyMemoryBytes,
            @DefaultValue("30s") Duration readTimeout,
            @DefaultValue("4096") int connections,
            @DefaultValue({}) List<String> publicPaths) {
    }

    /**
     * The ledger of clicks.
     *
     * @param knownContacts how many contacts are remembered as known, about 150 bytes each
     * @param accountLife   how long an account is remembered before it is read again
     * @param writers       how many batches are written at once
     * @param batch         how many messages one statement takes
     */
    public record Capture(
            @DefaultValue("200000") int knownContacts,
            @DefaultValue("30s") Duration accountLife,
            @DefaultValue("2") int writers,
            @DefaultValue("1000") int batch) {
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

    /**
     * Requests with an {@code Idempotency-Key}.
     *
     * @param life  how long a key is known, with its answer
     * @param lease how long a request may be under way unrenewed before its process counts as dead
     */
    public record Idempotency(
            @DefaultValue("7d") Duration life,
            @DefaultValue("60s") Duration lease) {
    }

    /**
     * Files of conversions.
     *
     * @param maxBytes      413 above it
     * @param uploads       how many are received at once; each holds a worker
     * @param uploadTimeout how long an upload may bring nothing before what came of it is removed
     * @param uploadCheck   how often such uploads are looked for
     * @param poll          how often imports are looked for
     * @param slice         how many rows are taken at once, 1 to 1000
     * @param lease         how long a slice may take before another instance takes it up
     * @param maxOutcomes   how many outcomes of rows are kept of an import; the rest is counted
     */
    public record Imports(
            @DefaultValue("1073741824") long maxBytes,
            @DefaultValue("4") int uploads,
            @DefaultValue("10m") Duration uploadTimeout,
            @DefaultValue("30s") Duration uploadCheck,
            @DefaultValue("500ms") Duration poll,
            @DefaultValue("1000") int slice,
            @DefaultValue("30s") Duration lease,
            @DefaultValue("1000000") long maxOutcomes) {
    }

    /**
     * How long what is stored is kept; 0 keeps it for ever.
     *
     * @param history       what happened to conversions
     * @param conversions   conversions that came to an end; with them, the protection against a repetition ends
     * @param conversations conversations with their clicks, after the last news of them
     * @param quarantinedWebhooks  webhooks that could not be used
     * @param imports       imports that ended, with what became of their rows
     */
    public record Retention(
            @DefaultValue("180d") Duration history,
            @DefaultValue("400d") Duration conversions,
            @DefaultValue("400d") Duration conversations,
            @DefaultValue("30d") Duration quarantinedWebhooks,
            @DefaultValue("90d") Duration imports) {
    }
}
