package io.clickthread.conversion;

import io.clickthread.http.ApiResponse;
import io.clickthread.http.ErrorResponses;
import io.clickthread.http.Problem;
import io.clickthread.store.SqlStates;
import io.clickthread.system.Faults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Answers a conversion's request that failed here. Once the conversion is stored, its caller hears what becomes of it, and
 * what was not sent is given back to the background; before that, the request was refused and may come again.
 */
@Component("intakeFaults")
public class IntakeFaults {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeFaults.class);

    private final ErrorResponses refusals;
    private final ConversionResponses answers;
    private final BulkIntake bulk;
    private final Batches batches;
    private final UnsentConversions unsent;
    private final ConversionLog log;

    IntakeFaults(ErrorResponses refusals, ConversionResponses answers, BulkIntake bulk, Batches batches, UnsentConversions unsent,
                     ConversionLog log) {
        this.refusals = refusals;
        this.answers = answers;
        this.bulk = bulk;
        this.batches = batches;
        this.unsent = unsent;
        this.log = log;
    }

    /**
     * The answer after a failure.
     *
     * @param failure   what failed
     * @param request   what {@link ConversionIntake#read} made; null if the request was not read yet
     * @param delivery  the first attempt; null before it
     * @param requestId the request's id, for the log
     * @return 200 or 202 if the conversion is stored, else what {@link ErrorResponses} says
     */
    public ApiResponse one(Exception failure, Map<String, Object> request, DeliveryBatch delivery, String requestId) {
        if (request != null) {
            ContactLock.end(request);
        }
        if (delivery != null && delivery.isBegun() && delivery.only() != null) {
            LOG.error("Request {} failed after its conversion was tried: {}", requestId, Faults.trace(failure));
            return answers.first(delivery);
        }
        if (request == null || failure instanceof Problem || SqlStates.isUndone(failure)) {
            return refusals.answer(failure, requestId);
        }
        boolean isUnsent = request.get("leaseMillis") != null && (delivery == null || !delivery.isBegun());
        try {
            boolean isReleased = isUnsent && unsent.release((String) request.get("id"));
            if (isUnsent && !isReleased && SqlStates.isLost(failure)) {
                unsent.later((String) request.get("id"));
            }
            Map<String, Object> row = log.standing(List.of(request)).get(request.get("id"));
            if (row != null) {
                LOG.error("Request {} failed after its conversion was stored: {}", requestId, Faults.trace(failure));
                return answers.named(request, standing(Repetition.of(row), request.get("id")));
            }
        } catch (Problem problem) {
            return refusals.answer(problem, requestId);
        } catch (RuntimeException e) {
            if (isUnsent) {
                unsent.later((String) request.get("id"));
            }
            LOG.warn("What became of request {} is not known yet: {}", requestId, Faults.name(e));
        }
        return refusals.answer(failure, requestId);
    }

    private ApiResponse standing(Repetition repetition, Object requestId) {
        boolean isOwn = repetition.isOf(requestId);
        if (!isOwn) {
            repetition.check();
        }
        return answers.standing(repetition, !isOwn);
    }

    /**
     * The answer to a batch after a failure.
     *
     * @param failure   what failed
     * @param entries   the batch, with what the database answered; null before
     * @param body      what the failed step was to work on
     * @param requestId the request's id, for the log
     * @return 200 if the batch is stored; else what {@link ErrorResponses} says
     */
    @SuppressWarnings("unchecked")
    public ApiResponse many(Exception failure, List<BulkEntry> entries, Object body, String requestId) {
        List<BulkEntry> known = entries != null ? entries
                : body instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof BulkEntry ? (List<BulkEntry>) body
                : null;
        if (known == null || failure instanceof Problem || SqlStates.isUndone(failure)) {
            return refusals.answer(failure, requestId);
        }
        try {
            List<BulkEntry> stored = completed(known);
            if (stored != null) {
                LOG.error("Request {} failed after its batch was stored: {}", requestId, Faults.trace(failure));
                return ApiResponse.ok(batches.answer(bulk.results(stored)));
            }
        } catch (RuntimeException e) {
            LOG.warn("What became of request {} is not known yet: {}", requestId, Faults.name(e));
        }
        return refusals.answer(failure, requestId);
    }

    /** The entries with what stands for each, if that is not in them yet; null if nothing stands for some. */
    private List<BulkEntry> completed(List<BulkEntry> entries) {
        List<Map<String, Object>> open = entries.stream().filter(entry -> entry.parameters() != null && entry.row() == null)
                .map(BulkEntry::parameters).toList();
        Map<Object, Map<String, Object>> found = open.isEmpty() ? Map.of() : log.standing(open);
        if (open.stream().anyMatch(one -> !found.containsKey(one.get("id")))) {
            return null;
        }
        return entries.stream().map(entry -> entry.parameters() == null || entry.row() != null ? entry
                : entry.answered(withState(found.get(entry.parameters().get("id"))))).toList();
    }

    private static Map<String, Object> withState(Map<String, Object> standing) {
        Map<String, Object> row = new HashMap<>(standing);
        row.put("state", standing.get("stands_state"));
        return row;
    }
}
