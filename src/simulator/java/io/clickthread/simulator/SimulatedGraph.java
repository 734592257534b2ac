package io.clickthread.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clickthread.http.Request;
import io.clickthread.local.DemoAccount;
import io.clickthread.system.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Meta's Graph API as far as Clickthread uses it; it refuses what Meta refuses, and what a {@link Scenario} asks for. */
@Component("simulatedGraph")
@Profile("local")
public class SimulatedGraph {

    private final ObjectMapper mapper;
    private final Clock clock;
    private final GraphAccess access;
    private final long silenceMillis;
    private final Flakiness flakiness = new Flakiness();
    private final Cache<String, Boolean> datasets = Caffeine.newBuilder().maximumSize(10_000).build();

    SimulatedGraph(ObjectMapper mapper, Settings settings, Clock clock, GraphAccess access) {
        this.mapper = mapper;
        this.clock = clock;
        this.access = access;
        this.silenceMillis = settings.graph().responseTimeout().toMillis() + 500;
    }

    /**
     * {@code GET /{phone number id}}.
     *
     * @param request the call
     * @return the number's details
     */
    public Map<String, Object> phoneNumber(Request request) {
        String id = request.path("id");
        open(request, MissingNode.getInstance(), id, null);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("display_phone_number", id.equals(DemoAccount.PHONE_NUMBER_ID) ? DemoAccount.DISPLAY_PHONE_NUMBER
                : String.format("+1 555-%03d-%04d", hash(id) / 10_000 % 1_000, hash(id) % 10_000));
        details.put("verified_name", DemoAccount.VERIFIED_NAME);
        details.put("quality_rating", "GREEN");
        details.put("name_status", "APPROVED");
        details.put("messaging_limit_tier", "TIER_1K");
        details.put("id", id);
        return details;
    }

    /**
     * {@code GET /{waba}/dataset}.
     *
     * @param request the call
     * @return {@code {data: [{id, name}]}}, empty until one was created
     */
    public Map<String, Object> dataset(Request request) {
        String waba = request.path("waba");
        open(request, MissingNode.getInstance(), waba, null);
        return Map.of("data", datasets.getIfPresent(waba) == null ? List.of()
                : List.of(Map.of("id", datasetOf(waba), "name", "WhatsApp events")));
    }

    /**
     * {@code POST /{waba}/dataset}.
     *
     * @param request the call
     * @return {@code {id}} of the dataset, the same for the same account whenever it is asked for
     */
    public Map<String, Object> createDataset(Request request) {
        String waba = request.path("waba");
        open(request, body(request), waba, null);
        datasets.put(waba, true);
        return Map.of("id", datasetOf(waba));
    }

    /**
     * {@code POST /{dataset}/events}.
     *
     * @param request the call
     * @return {@code {events_received, messages, fbtrace_id}}
     */
    public Map<String, Object> events(Request request) {
        JsonNode body = body(request);
        String dataset = request.path("dataset");
        Scenario scenario = open(request, body, dataset, body.path("test_event_code").textValue());
        GraphError fault = new EventJudge(clock.instant().getEpochSecond(), ClickIds::isIssued).fault(body);
        if (fault != null) {
            throw new GraphRefusal(fault);
        }
        for (JsonNode event : body.path("data")) {
            if (flakiness.fails(dataset, event.path("event_id").asText())) {
                throw new GraphRefusal(Scenario.SERVICE_DOWN.error());
            }
        }
        return Map.of("events_received", scenario == Scenario.NOTHING_RECEIVED ? 0 : body.path("data").size(),
                "messages", List.of(), "fbtrace_id", Traces.next());
    }

    /**
     * {@code GET /debug_token}.
     *
     * @param request the call, with {@code input_token}
     * @return {@code {data: {is_valid, scopes, …}}}; a bad token is no error here but a token that is not valid
     */
    public Map<String, Object> debugToken(Request request) {
        access.check(request, MissingNode.getInstance());
        String token = request.query("input_token");
        if (token == null) {
            throw new GraphRefusal(GraphError.ofParameter("The parameter input_token is required"));
        }
        return Map.of("data", access.describe(token, clock.instant().getEpochSecond()));
    }

    /** Lets a call pass, or does what it asks to be done to it. */
    Scenario open(Request request, JsonNode body, String id, String testCode) {
        String token = access.check(request, body);
        Scenario scenario = Scenario.in(token, id, testCode);
        if (scenario == null && !id.matches("\\d{1,32}")) {
            throw new GraphRefusal(Scenario.unknownObject());
        }
        if (scenario == Scenario.SILENCE || scenario == Scenario.RESET) {
            throw new NoAnswer(scenario == Scenario.SILENCE ? silenceMillis : 0);
        }
        if (scenario != null && scenario.error() != null) {
            throw new GraphRefusal(scenario.error());
        }
        return scenario;
    }

    private JsonNode body(Request request) {
        try {
            JsonNode body = mapper.readTree(request.body());
            return body == null ? MissingNode.getInstance() : body;
        } catch (IOException | NumberFormatException e) {
            throw new GraphRefusal(GraphError.ofParameter("The body is not JSON"));
        }
    }

    private static String datasetOf(String waba) {
        return waba.equals(DemoAccount.WABA_ID) ? DemoAccount.DATASET_ID : String.format("7%014d", hash(waba));
    }

    private static long hash(String text) {
        CRC32 hash = new CRC32();
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        return hash.getValue();
    }
}
