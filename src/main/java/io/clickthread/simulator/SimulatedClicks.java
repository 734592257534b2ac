package io.clickthread.simulator;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.http.Request;
import io.clickthread.local.DemoAccount;
import io.clickthread.webhook.MetaSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** People who click on ads and write, without an ad and without people. */
@Component("simulatedClicks")
@Profile("local")
public class SimulatedClicks {

    private final ClickOrders orders;
    private final MetaSignature signature;
    private final ObjectMapper mapper;
    private final Clock clock;

    SimulatedClicks(ClickOrders orders, MetaSignature signature, ObjectMapper mapper, Clock clock) {
        this.orders = orders;
        this.signature = signature;
        this.mapper = mapper;
        this.clock = clock;
    }

    /**
     * Makes the webhook of a click. Like Meta, it escapes slashes and everything beyond ASCII, and signs what comes out.
     *
     * @param request with the wishes of {@code docs/simulator.md}
     * @return the signed webhook
     * @throws JsonProcessingException never
     */
    public SimulatedClick make(Request request) throws JsonProcessingException {
        ClickOrder order = orders.read(request);
        Map<String, Object> webhook = ClickWebhook.body(order, DemoAccount.WABA_ID,
                DemoAccount.DISPLAY_PHONE_NUMBER.replaceAll("\\D", ""), clock.instant().getEpochSecond());
        byte[] body = mapper.writer().with(JsonGenerator.Feature.ESCAPE_NON_ASCII).writeValueAsString(webhook)
                .replace("/", "\\/").getBytes(StandardCharsets.US_ASCII);
        return new SimulatedClick(order, body, signature.sign(body));
    }

    /**
     * What came of it.
     *
     * @param click  what was delivered
     * @param status what the webhook's address answered, the last time
     * @return {@code {webhookStatus, phone?, userId, ctwa_clid?, messageId, phoneNumberId, people?, webhook}}
     * @throws IOException never
     */
    public Map<String, Object> answer(SimulatedClick click, int status) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("webhookStatus", status);
        List<Map<String, Object>> people = click.order().people().stream().map(SimulatedClicks::person).toList();
        answer.putAll(people.get(0));
        answer.put("phoneNumberId", click.order().phoneNumberId());
        if (people.size() > 1) {
            answer.put("people", people);
        }
        answer.put("webhook", mapper.readTree(click.body()));
        return answer;
    }

    private static Map<String, Object> person(ClickOrder.Person person) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (person.phone() != null) {
            shown.put("phone", "+" + person.phone());
        }
        shown.put("userId", person.userId());
        if (person.clickId() != null) {
            shown.put("ctwa_clid", person.clickId());
        }
        shown.put("messageId", person.messageId());
        return shown;
    }
}
