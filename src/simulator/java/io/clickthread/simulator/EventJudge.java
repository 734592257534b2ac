package io.clickthread.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Judges a request to {@code /events} as Meta does: one bad event and the whole request is refused, nothing of it is
 * processed. The subcodes are those that Meta was seen to answer with; where none is known, there is none.
 */
final class EventJudge {

    private static final int MOST = 1_000;
    private static final long MAX_AGE = 7 * 86_400;
    private static final long CLOCK_SKEW = 60;
    private static final Set<String> NAMES = Set.of("Purchase", "LeadSubmitted", "InitiateCheckout", "AddToCart",
            "ViewContent", "OrderCreated", "OrderShipped", "OrderDelivered", "OrderCanceled", "OrderReturned",
            "CartAbandoned", "QualifiedLead", "RatingProvided", "ReviewProvided");
    private static final Set<String> OF_BROWSERS = Set.of("client_ip_address", "client_user_agent", "fbc", "fbp");

    private final long now;
    private final Predicate<String> isClick;

    /**
     * A judge of one moment.
     *
     * @param now     Unix seconds
     * @param isClick whether a click id belongs to a click
     */
    EventJudge(long now, Predicate<String> isClick) {
        this.now = now;
        this.isClick = isClick;
    }

    /**
     * The first thing that is wrong.
     *
     * @param body the request's JSON
     * @return null if Meta would take all of it
     */
    GraphError fault(JsonNode body) {
        JsonNode data = body.path("data");
        if (!data.isArray() || data.isEmpty()) {
            return GraphError.ofParameter("The parameter data is required");
        }
        if (data.size() > MOST) {
            return GraphError.ofParameter("Param data must have at most " + MOST + " events");
        }
        for (JsonNode event : data) {
            GraphError fault = faultOf(event);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private GraphError faultOf(JsonNode event) {
        JsonNode name = event.path("event_name");
        JsonNode time = event.path("event_time");
        if (!name.isTextual() || !time.isIntegralNumber() || !event.path("user_data").isObject()) {
            return GraphError.ofParameter("An event needs event_name, event_time in Unix seconds and user_data");
        }
        if (!event.path("action_source").asText().equals("business_messaging")) {
            return GraphError.ofParameter("Param action_source must be business_messaging here");
        }
        if (!time.canConvertToLong() || time.asLong() > now + CLOCK_SKEW) {
            return GraphError.ofParameter("Invalid parameter").withSentence("in_future");
        }
        if (time.asLong() < now - MAX_AGE) {
            return GraphError.ofEvent(2804003, "too_old");
        }
        if (event.path("messaging_channel").asText().isEmpty()) {
            return GraphError.ofEvent(2804063, "no_channel");
        }
        if (!event.path("messaging_channel").asText().equals("whatsapp")) {
            return GraphError.ofEvent(2804064, "bad_argument");
        }
        if (!NAMES.contains(name.asText())) {
            return GraphError.ofEvent(2804066, "bad_name");
        }
        GraphError fault = faultOfUser(event.path("user_data"));
        return fault != null ? fault : faultOfPurchase(name.asText(), event.path("custom_data"));
    }

    private GraphError faultOfUser(JsonNode user) {
        if (OF_BROWSERS.stream().anyMatch(user::has)) {
            return GraphError.ofEvent(2804064, "bad_argument");
        }
        if (user.path("whatsapp_business_account_id").asText().isEmpty()) {
            return GraphError.ofParameter("Invalid parameter").withSentence("no_account");
        }
        return isClick.test(user.path("ctwa_clid").textValue()) ? null : GraphError.ofEvent(2804087, "bad_click");
    }

    private static GraphError faultOfPurchase(String name, JsonNode custom) {
        boolean good = custom.path("value").isNumber() && custom.path("value").decimalValue().signum() >= 0
                && custom.path("currency").asText().matches("[A-Za-z]{3}");
        return good || !name.equals("Purchase") ? null : GraphError.ofEvent(2804009, "no_value");
    }
}
