package io.clickthread.source;

import io.clickthread.conversion.QueuedConversion;
import io.clickthread.system.Settings;
import io.clickthread.system.SourceSettings;
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

    private final SourceSettings sources;

    ConversionFields(Settings settings) {
        this.sources = settings.sources();
    }

    /** Whether the API has a field of this name. */
    static boolean isField(String name) {
        return NAMES.contains(name);
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
        Duration waitForClick = waitForClick(message.source());
        // A label that is set again comes with the time of that, and is the same event.
        boolean timeOfMessage = message.source().equals("chatwoot");
        return all.stream().map(one -> one instanceof Map<?, ?> map ? complete(message.source(), map) : one)
                .map(one -> waitForClick == null && !timeOfMessage ? one : new QueuedConversion(one, waitForClick, timeOfMessage)).toList();
    }

    private Object complete(String source, Map<?, ?> mapped) {
        Map<String, Object> fields = new LinkedHashMap<>();
        NAMES.forEach(name -> {
            Object value = field(name, mapped.get(name));
            if (value != null) {
                fields.put(name, value);
            }
        });
        String account = account(source);
        if (account != null) {
            fields.putIfAbsent("accountId", account);
        }
        return fields;
    }

    private Duration waitForClick(String source) {
        String set = switch (source) {
            case "kafka" -> sources.kafka().waitForClick();
            case "csv-folder" -> sources.csvFolder().waitForClick();
            case "chatwoot" -> sources.chatwoot().waitForClick();
            default -> {
                SourceSettings.Sender sender = sender(source);
                yield sender == null ? "" : sender.waitForClick();
            }
        };
        return SourceSettings.waitForClick(set);
    }

    private String account(String source) {
        return switch (source) {
            case "kafka" -> sources.kafka().accountId();
            case "csv-folder" -> sources.csvFolder().accountId();
            case "chatwoot" -> sources.chatwoot().accountId();
            default -> {
                SourceSettings.Sender sender = sender(source);
                yield sender == null ? null : sender.accountId();
            }
        };
    }

    private SourceSettings.Sender sender(String source) {
        return sources.webhook().of().get(source.replace(SourceWebhooks.PREFIX, ""));
    }

    private static Object field(String name, Object value) {
        Object given = value instanceof String text ? text.strip() : value;
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
