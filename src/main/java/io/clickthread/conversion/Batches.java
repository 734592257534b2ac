package io.clickthread.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.conversion.BulkResult.Outcome;
import io.clickthread.http.ApiResponse;
import io.clickthread.http.IgnoredFields;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads and answers {@code POST /whatsapp/conversions/batch}. */
@Component("batches")
public class Batches {

    private static final int MOST = 1_000;

    private final ObjectMapper mapper;

    Batches(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Reads a batch; what is wrong with one conversion is told with its result.
     *
     * @param request with {@code {accountId?, conversions: [1 to 1,000]}}
     * @return the conversions in their order, each with the account of the batch unless it names its own
     * @throws Problem 400 for a body without such a list
     */
    public List<BulkItem> read(Request request) {
        JsonNode body = request.json(mapper);
        JsonNode conversions = body.path("conversions");
        if (!conversions.isArray() || conversions.isEmpty() || conversions.size() > MOST) {
            throw Problem.invalid("invalid_field_value", "conversions",
                    "'conversions' must be a list of 1 to " + MOST + " conversions.");
        }
        List<BulkItem> items = new ArrayList<>();
        for (JsonNode conversion : conversions) {
            if (conversion instanceof ObjectNode object && !object.has("accountId") && body.has("accountId")) {
                object.set("accountId", body.get("accountId"));
            }
            items.add(new BulkItem(null, conversion, null));
        }
        return items;
    }

    /**
     * The answer to a batch.
     *
     * @param results of the conversions, in their order
     * @return {@code {accepted, repeated, refused, results: [{index, eventId?, status, …}]}}, and a header with the names of all
     *         fields that were not read
     */
    public ApiResponse answer(List<BulkResult> results) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("accepted", count(results, Outcome.QUEUED));
        answer.put("repeated", count(results, Outcome.REPEATED));
        answer.put("refused", count(results, Outcome.REFUSED));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (BulkResult result : results) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("index", rows.size());
            row.put("eventId", result.eventId());
            row.put("status", result.outcome().name().toLowerCase(Locale.ROOT));
            row.put("conversionId", result.conversionId());
            row.put("conversionStatus", result.status());
            row.put("ignoredFields", result.ignored().isEmpty() ? null : result.ignored());
            row.put("error", result.problem() == null ? null : result.problem().body());
            row.values().removeIf(java.util.Objects::isNull);
            rows.add(row);
        }
        answer.put("results", rows);
        return IgnoredFields.named(ApiResponse.ok(answer),
                results.stream().flatMap(result -> result.ignored().stream()).distinct().toList());
    }

    private static long count(List<BulkResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }
}
