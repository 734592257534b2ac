package io.clickthread.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.http.JsonFields;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.system.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Decisions about many conversions that Meta did not take, or may have taken. */
@Component("deadLetters")
public class DeadLetters {

    static final int LONGEST_REASON = 500;

    private final ObjectMapper mapper;
    private final Settings settings;
    private final Clock clock;

    DeadLetters(ObjectMapper mapper, Settings settings, Clock clock) {
        this.mapper = mapper;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Which ones to send again that Meta did not count.
     *
     * @param request with a filter as its body
     * @return how to go through them
     * @throws Problem 400 for a filter that breaks the schema, names nothing, or means conversions that Meta may have counted
     */
    public BulkAction replay(Request request) {
        return sweep(request, Action.REPLAY);
    }

    /**
     * Which ones to send again that Meta may have counted.
     *
     * @param request with a filter as its body
     * @return how to go through them
     * @throws Problem 400 for a filter that breaks the schema or names nothing
     */
    public BulkAction release(Request request) {
        return sweep(request, Action.RELEASE);
    }

    /**
     * Which ones to close.
     *
     * @param request with a filter and a {@code reason} as its body
     * @return how to go through them
     * @throws Problem 400 for a filter that breaks the schema or names nothing, or without a reason
     */
    public BulkAction close(Request request) {
        return sweep(request, Action.CLOSE);
    }

    private BulkAction sweep(Request request, Action decision) {
        JsonNode body = request.json(mapper);
        JsonFields fields = new JsonFields(body);
        String reason = decision == Action.CLOSE ? fields.required("reason", LONGEST_REASON) : null;
        boolean dryRun = fields.flag("dryRun");
        ConversionFilter filter = ConversionFilter.of(body, fields, decision);
        return new BulkAction(decision, reason, filter, dryRun, oldest(settings), clock.instant());
    }

    /**
     * Takes up what was chosen.
     *
     * @param sweep whose turn it is
     * @param rows  of {@code choose-dead-letters.sql}
     * @return the parameters of {@code decide-conversions.sql}
     */
    public Map<String, Object> chosen(BulkAction sweep, List<Map<String, Object>> rows) {
        return sweep.take(rows, clock.instant());
    }

    /**
     * Counts what was done.
     *
     * @param sweep whose turn it is
     * @param rows  of {@code decide-conversions.sql}
     */
    public void moved(BulkAction sweep, List<Map<String, Object>> rows) {
        sweep.count(rows);
    }

    /**
     * What a decision came to.
     *
     * @param sweep one that went through all of them, or as many as there was time for
     * @return {@code {matched, replayed | released | closed, tooOld?, withoutClick?, dryRun, complete}}
     */
    public Map<String, Object> answer(BulkAction sweep) {
        return sweep.result();
    }

    /** How old an event may be that is sent, in milliseconds. */
    static long oldest(Settings settings) {
        return settings.conversions().maxAge().minus(DueConversions.MARGIN).toMillis();
    }
}
