package io.clickthread.source;

import io.clickthread.conversion.IntakeOptions;
import io.clickthread.conversion.QueuedConversion;
import io.clickthread.system.Settings;
import io.clickthread.system.SourceOptions;
import io.clickthread.system.SourceSettings;
import io.clickthread.system.SourceSettings.Sender;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Makes the API's fields of what sources have: amounts as texts, times as ISO 8601, numbers as ids, empty texts for what
 * is missing. What it cannot make sense of it leaves as it is, for the API's own check to name.
 */
@Component("conversionFields")
public class ConversionFields {

    private static final int LONGEST_NUMBER = 40; // digits
    private static final List<String> NAMES = List.of("accountId", "conversationId", "phoneE164", "country", "userId", "contactId",
            "eventName", "eventId", "eventTime", "value", "currency", "contentIds", "customData", "email", "externalId",
            "testCode");
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd['T'][' ']HH:mm[:ss][.SSSSSSSSS]"
            + "[.SSSSSS][.SSS][XXX][XX][X]");

    private final Map<String, Sender> senders;
    private final SourceOptions options;
    private final Map<String, Defaults> defaults = new ConcurrentHashMap<>(); // as many as sources were ever set up

    /** The account of conversions that name none, or null, and how long they wait for a click, or null. */
    private record Defaults(String accountId, Duration waitForClick) {
    }

    ConversionFields(Settings settings, SourceOptions options) {
        this.senders = settings.sources().webhook().of();
        this.options = options;
    }

    /**
     * The fields that a mapping has set.
     *
     * @param variables the route's variables, others among them
     * @return those with the names of the API's fields
     */
    public Map<String, Object> pick(Map<String, Object> variables) {
        Map<String, Object> fields = new LinkedHashMap<>();
        NAMES.stream().filter(name -> variables.get(name) != null).forEach(name -> fields.put(name, variables.get(name)));
        return fields;
    }

    /**
     * The conversions of a message, in the types of the API and with the account of their source if they name none; they wait
     * for the click of their contact if their source is set so.
     *
     * @param message the message
     * @param mapped  one conversion as a map, a list of them, or null for none
     * @return the conversions
     */
    public List<Object> complete(SourceMessage message, Object mapped) {
        Collection<?> all = mapped == null ? List.of() : mapped instanceof Collection<?> list ? list : List.of(mapped);
        Defaults ofSource = defaults.computeIfAbsent(message.source(), this::defaults);
        Duration waitForClick = ofSource.waitForClick();
        // A label that is set again comes with the time of that, and is the same event.
        boolean timeOfMessage = message.source().equals("chatwoot");
        return all.stream().map(one -> one instanceof Map<?, ?> map ? complete(ofSource.accountId(), map) : one)
                .map(one -> waitForClick == null && !timeOfMessage ? one
                        : new QueuedConversion(one, new IntakeOptions(null, true, waitForClick, timeOfMessage))).toList();
    }

    private static Object complete(String account, Map<?, ?> mapped) {
        Map<String, Object> fields = new LinkedHashMap<>();
        NAMES.forEach(name -> {
            Object value = field(name, mapped.get(name));
            if (value != null) {
                fields.put(name, value);
            }
        });
        if (account != null) {
            fields.putIfAbsent("accountId", account);
        }
        return fields;
    }

    /** What conversions of a source have that name nothing else; a sender of {@code /sources/webhook/} has settings of its own. */
    private Defaults defaults(String source) {
        Sender sender = source.startsWith(SenderWebhooks.PREFIX)
                ? senders.get(source.substring(SenderWebhooks.PREFIX.length())) : null;
        return sender == null ? new Defaults(options.get(source, "account-id"), options.waitForClick(source))
                : new Defaults(sender.accountId(), SourceSettings.waitForClick(sender.waitForClick()));
    }

    private static Object field(String name, Object value) {
        Object one = value instanceof Collection<?> list && !name.equals("contentIds") ? first(list) : value;
        Object given = one instanceof String text ? text.strip() : one;
        if (given == null || given.equals("")) {
            return null;
        }
        return switch (name) {
            case "value" -> given instanceof String text ? number(text) : given;
            case "eventTime" -> given instanceof String text ? time(text) : given;
            case "contentIds" -> given instanceof Collection<?> list && list.isEmpty() ? null : texts(given);
            default -> text(given);
        };
    }

    /** Where a sender has a field in several places, a mapping's JSONPath brings a list: what counts is the first that is not empty. */
    private static Object first(Collection<?> list) {
        return list.stream().filter(one -> one != null && !one.equals("")).findFirst().orElse(null);
    }

    private static Object number(String text) {
        if (text.length() > LONGEST_NUMBER) { // reading it would take a time that grows with the square of its length
            return text;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** Unix seconds of Unix seconds or ISO 8601; without a zone it is UTC. */
    private static Object time(String text) {
        try {
            TemporalAccessor parsed = ISO.parseBest(text, Instant::from, LocalDateTime::from);
            return parsed instanceof Instant instant ? instant.getEpochSecond()
                    : ((LocalDateTime) parsed).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return number(text);
        }
    }

    private static Object texts(Object given) {
        if (given instanceof Collection<?> list) {
            return list.stream().filter(Objects::nonNull).map(ConversionFields::text).toList();
        }
        return given instanceof String text ? Arrays.asList(text.split("\\|")) : List.of(text(given));
    }

    private static Object text(Object given) {
        // 1e999999999 written out would fill the memory
        return given instanceof BigDecimal number ? number.precision() > LONGEST_NUMBER || Math.abs((long) number.scale()) > LONGEST_NUMBER
                ? number.toString() : number.toPlainString()
                : given instanceof Number ? given.toString() : given;
    }
}
