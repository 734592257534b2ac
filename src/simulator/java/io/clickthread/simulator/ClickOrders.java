package io.clickthread.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.channel.Provider;
import io.clickthread.http.JsonFields;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.local.DemoAccount;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Reads {@code POST /simulator/click}, whose fields are all optional. */
@Component
@Profile("local")
class ClickOrders {

    private static final int MOST = 1_000;
    private static final Set<String> FIELDS = new TreeSet<>(Set.of("phone", "name", "phoneNumberId", "clickId",
            "withoutClickId", "withoutPhone", "organic", "adId", "headline", "duplicate", "messages", "provider", "key"));

    static {
        FIELDS.addAll(MetaWish.FIELDS);
    }

    private static final Pattern PHONE = Pattern.compile("\\+?[1-9]\\d{6,14}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern CLICK_ID = Pattern.compile("\\S{1,512}");

    private final ObjectMapper mapper;
    private final SimulatedProviders providers;

    ClickOrders(ObjectMapper mapper, SimulatedProviders providers) {
        this.mapper = mapper;
        this.providers = providers;
    }

    /**
     * Reads a request.
     *
     * @throws Problem 400 with every fault, an unknown field among them; 415 for a body that is no JSON; 422 for a hidden number,
     *                 or a wish of Meta's, with a provider of which no such webhook is known
     */
    ClickOrder read(Request request) {
        JsonNode body = body(request);
        JsonFields fields = new JsonFields(body);
        body.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                fields.fault(name, "'" + name + "' is not known here. What is: " + String.join(", ", FIELDS) + ".");
            }
        });
        Provider provider = provider(fields);
        String key = fields.optional("key", 200);
        String phone = fields.matching("phone", PHONE, "'phone' must be 7 to 15 digits with the country code.");
        String name = fields.optional("name", 200);
        String number = fields.matching("phoneNumberId", ID, "'phoneNumberId' must be an id as Meta shows it.");
        String clickId = fields.matching("clickId", CLICK_ID, "'clickId' must be one word of at most 512 characters.");
        String adId = fields.matching("adId", ID, "'adId' must be an id as Meta shows it.");
        String headline = fields.optional("headline", 1_000);
        boolean organic = flag(fields, body, "organic");
        boolean withoutClickId = flag(fields, body, "withoutClickId");
        boolean withoutPhone = flag(fields, body, "withoutPhone");
        boolean duplicate = flag(fields, body, "duplicate");
        int messages = messages(fields);
        MetaWish meta = MetaWish.read(body, fields);
        withoutPhone |= meta.userIdAsFrom();
        if (clickId != null && (organic || withoutClickId)) {
            fields.fault("clickId", "'clickId' and 'organic' or 'withoutClickId' contradict each other.");
        }
        if (number != null && provider != Provider.META) {
            fields.fault("phoneNumberId", "'phoneNumberId' is Meta's; 'key' says which channel of another provider is meant.");
        }
        fields.check();
        ProviderClicks clicks = providers.of(provider);
        if (withoutPhone && clicks.known() == ClickOrder.Known.NOTHING) {
            throw Problem.unprocessable("no_such_webhook", "The simulator knows no webhook of " + provider.provider()
                    + " without a phone number. Leave 'withoutPhone' out.");
        }
        if (meta.isSpecial() && !clicks.isMetas()) {
            throw Problem.unprocessable("no_such_webhook", "Only webhooks in Meta's form have "
                    + String.join(", ", new TreeSet<>(MetaWish.FIELDS))
                    + ". Leave them out, or take the provider meta, 360dialog, gupshup or passthrough.");
        }
        List<ClickOrder.Person> people = new ArrayList<>(messages);
        for (int i = 0; i < messages; i++) {
            people.add(person(clicks, i == 0 ? phone : null, i == 0 ? clickId : null, withoutPhone, organic || withoutClickId));
        }
        return new ClickOrder(provider, key, number == null ? DemoAccount.PHONE_NUMBER_ID : number, name == null ? "Ada Example" : name,
                !organic, adId == null ? "120200300400500600" : adId, headline == null ? "Chat with us" : headline, people,
                duplicate ? 2 : 1, meta);
    }

    private JsonNode body(Request request) {
        String type = request.header("Content-Type");
        if (type != null && !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw Problem.of(415, "invalid_request_error", "unsupported_media_type",
                    "Send 'Content-Type: application/json', or no body at all.");
        }
        ObjectNode body = mapper.createObjectNode();
        request.query().forEach((name, value) -> body.set(name, value(name, value)));
        return request.body().length == 0 ? body : body.setAll((ObjectNode) request.json(mapper));
    }

    /** A wish in the address: {@code ?provider=twilio&duplicate=true&messages=5}. A phone's plus arrives as a blank there. */
    private JsonNode value(String name, String text) {
        return switch (text) {
            case "true", "" -> mapper.getNodeFactory().booleanNode(true);
            case "false" -> mapper.getNodeFactory().booleanNode(false);
            default -> name.equals("messages") && text.matches("\\d{1,4}") ? mapper.getNodeFactory().numberNode(Integer.parseInt(text))
                    : mapper.getNodeFactory().textNode(text.strip());
        };
    }

    private static ClickOrder.Person person(ProviderClicks clicks, String phone, String clickId, boolean withoutPhone,
                                            boolean withoutClickId) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] id = new byte[24];
        random.nextBytes(id);
        String digits = phone != null ? phone.replace("+", "") : "1555" + random.nextInt(1_000_000, 10_000_000);
        return new ClickOrder.Person(withoutPhone ? null : digits, String.format("US.1%015d", identity(digits)),
                String.format("1%014d", identity(digits)), withoutClickId ? null : clickId != null ? clickId : ClickIds.issue(),
                clicks.messageId(id));
    }

    /** The same person has the same ids each time, with a phone or without. */
    private static long identity(String digits) {
        CRC32 hash = new CRC32();
        hash.update(digits.getBytes(StandardCharsets.US_ASCII));
        return hash.getValue() * 10_000 + Long.parseLong(digits) % 10_000;
    }

    private static Provider provider(JsonFields fields) {
        String name = fields.optional("provider", 100);
        Provider provider = name == null ? Provider.META : Provider.of(name);
        if (provider == null) {
            fields.fault("provider", "'provider' must be one of " + Provider.names() + ".");
        }
        return provider;
    }

    private static int messages(JsonFields fields) {
        BigDecimal messages = fields.number("messages", "3");
        if (messages == null) {
            return 1;
        }
        if (messages.stripTrailingZeros().scale() > 0 || messages.signum() <= 0
                || messages.compareTo(BigDecimal.valueOf(MOST)) > 0) {
            fields.fault("messages", "'messages' must be a whole number from 1 to " + MOST + ".");
            return 1;
        }
        return messages.intValue();
    }

    static boolean flag(JsonFields fields, JsonNode body, String name) {
        if (body.has(name) && !body.get(name).isBoolean()) {
            fields.fault(name, "'" + name + "' must be true or false.");
        }
        return body.path(name).asBoolean(false);
    }
}
