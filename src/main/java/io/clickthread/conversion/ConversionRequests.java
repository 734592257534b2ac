package io.clickthread.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.account.Account;
import io.clickthread.contact.Alias;
import io.clickthread.contact.Countries;
import io.clickthread.contact.PhoneReading;
import io.clickthread.contact.Phones;
import io.clickthread.http.IgnoredFields;
import io.clickthread.http.JsonFields;
import io.clickthread.http.Problem;
import io.clickthread.system.Ids;
import io.clickthread.system.Settings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Reads a conversion, whatever it came by. What Meta would refuse a whole request for, and a sale without its amount, is refused
 * here, with a sentence that says what to send instead; a value that only Meta can judge is left to Meta.
 */
@Component("conversionRequests")
public class ConversionRequests {

    private static final String PURCHASE = "Purchase";
    private static final Pattern EMAIL = Pattern.compile("\\s*[^\\s@]{1,64}@[^\\s@]{1,255}\\s*");

    private final List<String> eventNames;
    private final Duration clockSkew;
    private final Duration maxAge;
    private final Clock clock;

    ConversionRequests(Settings settings, Clock clock) {
        this.eventNames = settings.conversions().eventNames();
        this.clockSkew = settings.conversions().clockSkew();
        this.maxAge = settings.conversions().maxAge();
        this.clock = clock;
    }

    /**
     * Which account a request names.
     *
     * @param body a JSON object as {@code POST /whatsapp/conversions} takes it
     * @return its {@code accountId}, whatever that is; empty if there is none
     */
    public String accountId(JsonNode body) {
        return body == null ? "" : body.path("accountId").asText();
    }

    /**
     * Reads a request.
     *
     * @param body    a JSON object as {@code POST /whatsapp/conversions} takes it
     * @param account its account, whose country phones are read with; null if there is none
     * @return the request, with every fault of its fields
     * @throws Problem 400 for anything but a JSON object
     */
    public ConversionRequest read(JsonNode body, Account account) {
        if (body == null || !body.isObject()) {
            throw Problem.invalid("invalid_json_body", null, "A conversion must be a JSON object.");
        }
        JsonFields fields = new JsonFields(body);
        String accountId = fields.required("accountId", 100);
        String eventName = eventName(fields);
        String eventId = fields.required("eventId", 512);
        String conversationId = conversationId(fields);
        String phone = phone(fields, account);
        List<Alias> aliases = ContactFields.read(fields, conversationId, phone);
        Long givenTime = givenTime(fields);
        BigDecimal value = fields.number("value", "1500.00");
        String currency = currency(fields);
        amountOfPurchase(fields, eventName);
        List<String> contentIds = fields.texts("contentIds", 1_000, 512);
        String customData = CustomData.read(fields);
        String email = fields.matching("email", EMAIL, "'email' must be an e-mail address.");
        String externalId = fields.optional("externalId", 1_000);
        String testCode = fields.optional("testCode", 100);
        List<String> ignored = IgnoredFields.told(fields.ignored());
        Problem fault = fields.problem();
        fault = fault == null ? null : fault.with(IgnoredFields.header(ignored)); // a field that is missing may be one that is misspelt
        long now = clock.instant().getEpochSecond();
        return new ConversionRequest(accountId, eventName, eventId, conversationId, phone, aliases,
                givenTime == null ? now : Math.min(givenTime, now), givenTime, value, currency, contentIds, customData,
                Hashing.email(email), Hashing.externalId(externalId), testCode, ignored, fault);
    }

    /** Meta refuses a sale that does not say what it is worth; 0, of an order that was free, is a value. */
    private static void amountOfPurchase(JsonFields fields, String eventName) {
        if (PURCHASE.equals(eventName) && !fields.has("value")) {
            fields.fault("value", "A 'Purchase' needs 'value', for example 1500.00; Meta refuses it without (2804009).");
        }
        if (PURCHASE.equals(eventName) && !fields.has("currency")) {
            fields.fault("currency", "A 'Purchase' needs 'currency', for example USD; Meta refuses it without (2804010).");
        }
    }

    private String eventName(JsonFields fields) {
        String name = fields.required("eventName", 100);
        if (name != null && !eventNames.contains(name)) {
            fields.fault("eventName", "Lead".equals(name)
                    ? "Meta does not accept 'Lead' for messaging events; send 'LeadSubmitted'."
                    : "Meta does not accept this 'eventName' for messaging events; send one of "
                            + String.join(", ", eventNames) + ".");
        }
        return name;
    }

    private static String conversationId(JsonFields fields) {
        String id = fields.optional("conversationId", 512);
        if (id != null && !Ids.isId(id)) {
            fields.fault("conversationId", "Invalid conversationId format: it is the 24-digit 'id' of a conversation in "
                    + "GET /api/v1/inbox/conversations.");
        }
        return id;
    }

    /** The country beside a phone says more of it than the account's. */
    private static String phone(JsonFields fields, Account account) {
        String given = fields.optional("country", 100);
        String country = Countries.code(given);
        if (given != null && country == null) {
            fields.fault("country", "'country' must be a two-letter code of ISO 3166, for example BR.");
        }
        String text = fields.optional("phoneE164", 1_000);
        if (text == null || given != null && country == null) {
            return null;
        }
        PhoneReading reading = Phones.read(text, country != null || account == null ? country : account.defaultCountry());
        if (reading.fault() != null) {
            fields.fault("phoneE164", "'phoneE164' " + reading.fault());
        }
        return reading.digits();
    }

    private Long givenTime(JsonFields fields) {
        long now = clock.instant().getEpochSecond();
        JsonNode text = fields.node("eventTime");
        if (text != null && text.isTextual()) {
            fields.fault("eventTime", "'eventTime' must be the seconds since 1970 as a number without quotes, for example "
                    + example(text.textValue(), now) + ".");
            return null;
        }
        BigDecimal given = fields.number("eventTime", Long.toString(now));
        if (given == null) {
            return null;
        }
        BigDecimal time = given.setScale(0, RoundingMode.FLOOR);
        // Clocks are not one: what lies a little ahead is of this moment, because Meta takes no future.
        if (time.compareTo(BigDecimal.valueOf(now + clockSkew.toSeconds())) > 0) {
            fields.fault("eventTime", "'eventTime' lies in the future; it is Unix time in seconds, not milliseconds.");
        } else if (time.compareTo(BigDecimal.valueOf(now - maxAge.toSeconds())) < 0) {
            fields.fault("eventTime", "'eventTime' is more than 7 days old; Meta refuses such events.");
        }
        return time.longValue();
    }

    /** The seconds of the time that was sent, if it is one. */
    private static String example(String text, long now) {
        try {
            return OffsetDateTime.parse(text).toEpochSecond() + ", which is the time that you sent";
        } catch (DateTimeException e) {
            return Long.toString(now);
        }
    }

    private static String currency(JsonFields fields) {
        String code = fields.optional("currency", 100);
        if (code == null) {
            return null;
        }
        try {
            return Currency.getInstance(code.toUpperCase(Locale.ROOT)).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            fields.fault("currency", "'currency' must be a three-letter code of ISO 4217, for example USD.");
            return null;
        }
    }
}
