package io.clickthread.system;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

/**
 * Where conversions come from besides the API; each source is off until it is switched on.
 *
 * @param kafka     a topic
 * @param csvFolder a watched folder
 * @param webhook   signed webhooks of shops and CRMs
 * @param chatwoot  labels and resolved conversations
 */
public record SourceSettings(
        @DefaultValue Kafka kafka,
        @DefaultValue CsvFolder csvFolder,
        @DefaultValue Webhook webhook,
        @DefaultValue Chatwoot chatwoot) {

    /** Longer than any event stays young enough for Meta. */
    private static final Duration AS_LONG_AS_POSSIBLE = Duration.ofDays(7);

    /**
     * How long conversions of a source wait for the click of their contact.
     *
     * @param set {@code false}, {@code true} for as long as Meta takes the event, or a duration such as {@code 2d}
     * @return null if they are refused without a click
     * @throws IllegalArgumentException for another text
     */
    public static Duration waitForClick(String set) {
        return switch (set.strip().toLowerCase(Locale.ROOT)) {
            case "false", "" -> null;
            case "true" -> AS_LONG_AS_POSSIBLE;
            default -> DurationStyle.detectAndParse(set.strip());
        };
    }

    /**
     * A Kafka topic.
     *
     * @param enabled   whether it is read
     * @param brokers   {@code host:port}, several separated by commas
     * @param topic     its name
     * @param group     the consumer group, which remembers how far it was read
     * @param accountId the account of messages that name none, or null
     * @param waitForClick see {@link SourceSettings#waitForClick}
     */
    public record Kafka(
            @DefaultValue("false") boolean enabled,
            String brokers,
            String topic,
            @DefaultValue("clickthread") String group,
            String accountId,
            @DefaultValue("false") String waitForClick) {
    }

    /**
     * A folder of CSV files.
     *
     * @param enabled   whether it is watched
     * @param path      the folder
     * @param poll      how often it is looked at
     * @param accountId the account of lines that name none, or null
     * @param timezone  of times without an offset, a name of the IANA database; null: the account's, or they are refused
     * @param country   of phone numbers without a country code, ISO 3166-1 alpha-2; null: the account's, or they are refused
     * @param waitForClick see {@link SourceSettings#waitForClick}
     */
    public record CsvFolder(
            @DefaultValue("false") boolean enabled,
            String path,
            @DefaultValue("5s") Duration poll,
            String accountId,
            String timezone,
            String country,
            @DefaultValue("false") String waitForClick) {
    }

    /**
     * Signed webhooks.
     *
     * @param enabled whether they are taken
     * @param of      each sender by the name that its address ends with
     */
    public record Webhook(
            @DefaultValue("false") boolean enabled,
            @DefaultValue Map<String, Sender> of) {
    }

    /**
     * Who sends a webhook, and how it is signed: HMAC-SHA256 over the exact body.
     *
     * @param secret    signs; several separated by commas during a rotation
     * @param header    the header that holds the signature
     * @param prefix    what stands before the signature in it, for example {@code sha256=}
     * @param encoding  how the signature is written
     * @param accountId the account of webhooks that name none, or null
     * @param waitForClick see {@link SourceSettings#waitForClick}
     */
    public record Sender(
            String secret,
            @DefaultValue("X-Webhook-Signature") String header,
            @DefaultValue("") String prefix,
            @DefaultValue("hex") Encoding encoding,
            String accountId,
            @DefaultValue("false") String waitForClick) {

        @Override
        public String toString() {
            return "Sender"; // its secret is among them
        }
    }

    /** How a signature is written. */
    public enum Encoding {
        /** Two hexadecimal digits a byte. */
        HEX,
        /** Base64 with padding. */
        BASE64
    }

    /**
     * Chatwoot.
     *
     * @param enabled           whether its webhook is taken
     * @param secret            the webhook's secret; several separated by commas during a rotation
     * @param accountId         the account that its conversations belong to
     * @param labels            the event of each label that counts, {@code label=EventName}
     * @param resolved          the event of a conversation that is resolved; none if empty
     * @param valueAttribute    the conversation's custom attribute with the amount
     * @param currencyAttribute the conversation's custom attribute with the currency
     * @param currency          the currency of amounts without one, or null
     * @param waitForClick      see {@link SourceSettings#waitForClick}
     */
    public record Chatwoot(
            @DefaultValue("false") boolean enabled,
            String secret,
            String accountId,
            @DefaultValue({"lead=LeadSubmitted", "qualified=QualifiedLead", "won=Purchase", "sale=Purchase"})
            List<String> labels,
            @DefaultValue("") String resolved,
            @DefaultValue("value") String valueAttribute,
            @DefaultValue("currency") String currencyAttribute,
            String currency,
            @DefaultValue("false") String waitForClick) {

        @Override
        public String toString() {
            return "Chatwoot"; // its secret is among them
        }
    }
}
