package io.clickthread.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Twilio's webhooks: a form, with the ad in fields that begin with Referral. There is no message time in it, and no
 * webhook without a phone number is documented.
 */
@Component
@Profile("local")
class TwilioClicks implements ProviderClicks {

    @Override
    public Set<Provider> providers() {
        return Set.of(Provider.TWILIO);
    }

    @Override
    public Known known() {
        return Known.NOTHING;
    }

    @Override
    public String messageId(byte[] random) {
        return "SM" + HexFormat.of().formatHex(random, 0, 16);
    }

    @Override
    public String contentType() {
        return "application/x-www-form-urlencoded";
    }

    @Override
    public byte[] write(Object body, ObjectMapper mapper) {
        return ((Map<?, ?>) body).entrySet().stream().map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&")).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Object body(ClickOrder order, List<Person> people, Channel channel, Instant now) {
        Person person = people.get(0);
        Map<String, Object> form = Fields.of("SmsMessageSid", person.messageId(), "NumMedia", "0",
                "ProfileName", order.name(), "MessageType", "text", "SmsSid", person.messageId(), "WaId", person.phone(),
                "SmsStatus", "received", "Body", ClickOrder.WORDS, "To", "whatsapp:+" + Numbers.of(channel),
                "NumSegments", "1", "MessageSid", person.messageId(), "AccountSid", "AC00000000000000000000000000000000",
                "From", "whatsapp:+" + person.phone(), "ApiVersion", "2010-04-01");
        if (order.referral()) {
            form.putAll(Fields.of("ReferralSourceId", order.adId(), "ReferralSourceType", "ad",
                    "ReferralSourceUrl", order.sourceUrl(), "ReferralHeadline", order.headline(),
                    "ReferralBody", ClickOrder.BODY, "ReferralMediaId", "media-" + order.adId(),
                    "ReferralMediaContentType", "image/jpeg", "ReferralMediaUrl", order.picture(),
                    "ReferralNumMedia", "1", "ReferralCtwaClid", person.clickId()));
        }
        return form;
    }

    private static String encoded(Object text) {
        return URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
    }
}
