package io.clickthread.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.channel.Authenticators;
import io.clickthread.channel.Channel;
import io.clickthread.channel.Provider;
import io.clickthread.http.Request;
import io.clickthread.simulator.ClickOrder.Known;
import io.clickthread.simulator.ClickOrder.Person;
import io.clickthread.system.Settings;
import io.clickthread.webhook.MetaSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** People who click on ads and write, without an ad and without people. */
@Component("simulatedClicks")
@Profile("local")
public class SimulatedClicks {

    private static final String WEBHOOKS = "/webhooks";

    private final ClickOrders orders;
    private final SimulatedProviders providers;
    private final SimulatedChannels channels;
    private final Authenticators schemes;
    private final MetaSignature signature;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final String address;

    SimulatedClicks(ClickOrders orders, SimulatedProviders providers, SimulatedChannels channels, Authenticators schemes,
                    MetaSignature signature, ObjectMapper mapper, Clock clock, Settings settings, Environment environment) {
        this.orders = orders;
        this.providers = providers;
        this.channels = channels;
        this.schemes = schemes;
        this.signature = signature;
        this.mapper = mapper;
        this.clock = clock;
        String publicUrl = settings.publicUrl();
        this.address = publicUrl == null || publicUrl.isBlank()
                ? environment.getRequiredProperty("clickthread.simulator.webhooks-url")
                : publicUrl.strip().replaceAll("/+$", "") + WEBHOOKS;
    }

    /**
     * Makes the webhooks of a click, signed as their provider signs them.
     *
     * @param request with the wishes of {@code docs/simulator.md}
     * @return the signed webhooks
     * @throws JsonProcessingException never
     */
    public SimulatedClick make(Request request) throws JsonProcessingException {
        ClickOrder order = orders.read(request);
        ProviderClicks clicks = providers.of(order.provider());
        Channel channel = order.provider() == Provider.META && order.key() == null ? null : channels.of(order);
        Instant now = clock.instant();
        List<SimulatedClick.Delivery> deliveries = new ArrayList<>();
        for (List<Person> people : clicks.takesMany(channel) ? List.of(order.people())
                : order.people().stream().map(List::of).toList()) {
            List<Object> bodies = new ArrayList<>(List.of(clicks.body(order, people, channel, now)));
            bodies.addAll(clicks.more(order, people, channel, now));
            for (Object body : bodies) {
                SimulatedClick.Delivery delivery = delivery(channel, clicks.contentType(), clicks.headers(body, now),
                        clicks.write(body, mapper));
                for (int i = 0; i < order.times(); i++) {
                    deliveries.add(delivery);
                }
            }
        }
        return new SimulatedClick(order, channel, deliveries);
    }

    /**
     * What came of it.
     *
     * @param click  what was delivered
     * @param status what the webhook's address answered; the highest, if it was asked several times
     * @return {@code {webhookStatus, phone?, userId?, ctwa_clid?, messageId, phoneNumberId or channel, people?, webhook}}
     * @throws IOException never
     */
    public Map<String, Object> answer(SimulatedClick click, int status) throws IOException {
        ClickOrder order = click.order();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("webhookStatus", status);
        Known known = providers.of(order.provider()).known();
        List<Map<String, Object>> people = order.people().stream().map(person -> person(person, known)).toList();
        answer.putAll(people.get(0));
        Channel channel = click.channel();
        if (channel == null) {
            answer.put("phoneNumberId", order.phoneNumberId());
        } else {
            answer.put("provider", order.provider().provider());
            answer.put("channel", Fields.of("_id", channel.id(), "key", channel.key(), "webhookPath", channel.webhookPath()));
            answer.put("deliveries", click.deliveries().size());
        }
        if (people.size() > 1) {
            answer.put("people", people);
        }
        SimulatedClick.Delivery first = click.deliveries().get(0);
        answer.put("webhook", first.contentType().equals(ProviderClicks.JSON) ? mapper.readTree(first.body())
                : new String(first.body(), StandardCharsets.UTF_8));
        return answer;
    }

    private SimulatedClick.Delivery delivery(Channel channel, String contentType, Map<String, String> more, byte[] body) {
        String path = channel == null ? "/meta" : channel.webhookPath().substring(WEBHOOKS.length());
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.putAll(channel == null || channel.sealedSecret() == null
                ? Map.of("X-Hub-Signature-256", signature.sign(body))
                : schemes.of(channel.provider(), channel.config()).sign(address + path, body, channels.secret(channel)));
        return new SimulatedClick.Delivery(path, contentType, headers, body);
    }

    private static Map<String, Object> person(Person person, Known known) {
        Map<String, Object> shown = Fields.of("phone", person.phone() == null ? null : "+" + person.phone());
        if (known.field() != null) {
            shown.put(known.field(), known.of(person));
        }
        shown.putAll(Fields.of("ctwa_clid", person.clickId(), "messageId", person.messageId()));
        return shown;
    }
}
