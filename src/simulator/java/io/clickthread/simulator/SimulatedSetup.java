package io.clickthread.simulator;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.clickthread.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * How Meta has an app and its numbers: which webhooks it gets and which routing roles its business holds. Everything is as it
 * should be, unless the token, the account or the number asks for something else.
 */
@Component("simulatedSetup")
@Profile("local")
public class SimulatedSetup {

    private static final String APP = "100200300400801";
    private static final String APP_WITH_MESSAGES_ALONE = "100200300400802";

    private final GraphAccess access;
    private final SimulatedGraph graph;

    SimulatedSetup(GraphAccess access, SimulatedGraph graph) {
        this.access = access;
        this.graph = graph;
    }

    /**
     * {@code GET /app}.
     *
     * @param request the call
     * @return the token's app
     */
    public Map<String, Object> app(Request request) {
        Scenario scenario = Scenario.in(access.check(request, MissingNode.getInstance()));
        refuse(scenario);
        return Map.of("id", scenario == Scenario.FIELDS_MISSING ? APP_WITH_MESSAGES_ALONE : APP, "name", "Clickthread simulator");
    }

    /**
     * {@code GET /{waba}/subscribed_apps}.
     *
     * @param request the call
     * @return {@code {data: [{whatsapp_business_api_data: {id, name, link}}]}}
     */
    public Map<String, Object> subscribedApps(Request request) {
        Scenario scenario = open(request, "waba");
        return Map.of("data", Stream.of(APP, APP_WITH_MESSAGES_ALONE).filter(app -> scenario != Scenario.NOT_SUBSCRIBED)
                .map(app -> Map.of("whatsapp_business_api_data", Map.of("id", app, "name", "Clickthread simulator",
                        "link", "https://www.facebook.com/games/?app_id=" + app))).toList());
    }

    /**
     * {@code GET /{app}/subscriptions}, with the app's own token.
     *
     * @param request the call
     * @return {@code {data: [{object, callback_url, active, fields: [{name, version}]}]}}
     */
    public Map<String, Object> subscriptions(Request request) {
        String app = request.path("app");
        if (!access.isOfApp(request, app)) {
            throw new GraphRefusal(GraphError.of(400, 15, "(#15) This method must be called with an app access token"));
        }
        Stream<String> fields = app.equals(APP_WITH_MESSAGES_ALONE) ? Stream.of("messages")
                : Stream.of("messages", "standby", "messaging_handovers", "automatic_events", "history");
        return Map.of("data", List.of(Map.of("object", "whatsapp_business_account", "callback_url",
                "https://clickthread.example/webhooks/meta", "active", true,
                "fields", fields.map(name -> Map.of("name", name, "version", request.path("version"))).toList())));
    }

    /**
     * {@code GET /{number}/routing_roles}.
     *
     * @param request the call
     * @return {@code {roles, is_standby}}
     */
    public Map<String, Object> routingRoles(Request request) {
        Scenario scenario = open(request, "number");
        boolean isOthers = scenario == Scenario.OTHER_RESPONDER || scenario == Scenario.NO_STANDBY;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("roles", isOthers ? List.of("utility") : List.of("customer_service", "marketing", "utility", "ctwa"));
        answer.put("is_standby", scenario != Scenario.NO_STANDBY);
        return answer;
    }

    private Scenario open(Request request, String path) {
        Scenario scenario = graph.open(request, MissingNode.getInstance(), request.path(path), null);
        refuse(scenario);
        return scenario;
    }

    private static void refuse(Scenario scenario) {
        if (scenario == Scenario.HIDDEN_SETUP) {
            throw new GraphRefusal(Scenario.NO_PERMISSION.error());
        }
        if (scenario != null && scenario.error() != null) {
            throw new GraphRefusal(scenario.error());
        }
    }
}
