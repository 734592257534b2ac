package io.clickthread.conversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.clickthread.http.ApiResponse;
import io.clickthread.http.ErrorResponses;
import io.clickthread.http.Problem;
import io.clickthread.http.Problems;
import io.clickthread.http.Request;
import io.clickthread.store.SqlStates;
import io.clickthread.store.StatementRunner;
import io.clickthread.system.Faults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    private final StatementRunner statements;

    IntakeFaults(ErrorResponses refusals, ConversionResponses answers, BulkIntake bulk, Batches batches, UnsentConversions unsent,
                     StatementRunner statements) {
        this.refusals = refusals;
        this.answers = answers;
        this.bulk = bulk;
        this.batches = batches;
        this.unsent = unsent;
        this.statements = statements;
    }

    /**
     * The answer after a failure.
     *
     * @param failure    what failed
     * @param request    the conversion that was to be stored; null if it was not read yet
     * @param insertions how far storing it has come; null before
     * @param delivery   the first attempt; null before it
     * @param requestId  the request's id, for the log
     * @return 200 or 202 if the conversion is stored, else what {@link ErrorResponses} says
     */
    public ApiResponse one(Exception failure, NewConversion request, Insertions insertions, DeliveryBatch delivery, String requestId) {
        if (delivery != null && delivery.isBegun() && delivery.only() != null) {
            LOG.error("Request {} failed after its conversion was tried: {}", requestId, Faults.trace(failure));
            return answers.named(request, answers.first(delivery));
        }
        if (request == null && (failure instanceof JsonProcessingException || failure instanceof NumberFormatException)) {
            return refusals.answer(Request.notJson(failure), requestId);
        }
        if (request == null || isRefusal(failure, insertions) || isUndone(failure, insertions)) {
            return refusals.answer(failure, requestId);
        }
        boolean isUnsent = request.leaseMillis() != null && (delivery == null || !delivery.isBegun());
        try {
            boolean isReleased = isUnsent && unsent.release(request.id());
            if (isUnsent && !isReleased && SqlStates.isLost(failure)) {
                unsent.later(request.id());
            }
            Map<String, Object> row = standing(List.of(request)).get(0);
            if (row != null) {
                LOG.error("Request {} failed after its conversion was stored: {}", requestId, Faults.trace(failure));
                return answers.named(request, standing(Repetition.of(row), request.id()));
            }
        } catch (Problem problem) {
            return refusals.answer(problem, requestId);
        } catch (RuntimeException e) {
            if (isUnsent) {
                unsent.later(request.id());
            }
            LOG.warn("What became of request {} is not known yet: {}", requestId, Faults.name(e));
        }
        return refusals.answer(inPart(failure, insertions), requestId);
    }

    private List<Map<String, Object>> standing(List<NewConversion> conversions) {
        return statements.run("compare-repetitions", conversions);
    }

    /** Once it may be stored, only what the intake itself says is a refusal, and no rule of a step behind it. */
    private static boolean isRefusal(Exception failure, Insertions insertions) {
        return insertions == null ? Problems.in(failure) != null : failure instanceof Problem;
    }

    private static boolean isUndone(Exception failure, Insertions insertions) {
        return SqlStates.isUndone(failure) && (insertions == null || !insertions.isBegun());
    }

    private static Exception inPart(Exception failure, Insertions insertions) {
        return insertions != null && insertions.isBegun() && failure instanceof RuntimeException fault ? SqlStates.storedInPart(fault) : failure;
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
     * @param entries   the batch as it was read; null before
     * @param insertions how far storing it has come; null before
     * @param requestId the request's id, for the log
     * @return 200 if the batch is stored; else what {@link ErrorResponses} says
     */
    public ApiResponse many(Exception failure, List<BulkEntry> entries, Insertions insertions, String requestId) {
        if (entries == null || insertions == null || isRefusal(failure, insertions) || isUndone(failure, insertions)) {
            return refusals.answer(failure, requestId);
        }
        try {
            List<Insertion> stored = stored(insertions);
            if (stored != null) {
                LOG.error("Request {} failed after its batch was stored: {}", requestId, Faults.trace(failure));
                return batches.answer(bulk.results(entries, stored));
            }
        } catch (RuntimeException e) {
            LOG.warn("What became of request {} is not known yet: {}", requestId, Faults.name(e));
        }
        return refusals.answer(inPart(failure, insertions), requestId);
    }

    /** What stands for each of which the answer is not known; null if nothing stands for some. */
    private List<Insertion> stored(Insertions insertions) {
        List<Insertion> results = new ArrayList<>(insertions.results());
        List<Integer> open = IntStream.range(0, results.size()).filter(i -> !results.get(i).isAnswered()).boxed().toList();
        List<Map<String, Object>> found = open.isEmpty() ? List.of()
                : standing(open.stream().map(i -> results.get(i).conversion()).toList());
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i) == null) {
                return null;
            }
            Map<String, Object> row = new HashMap<>(found.get(i));
            row.put("state", row.get("stands_state"));
            results.set(open.get(i), new Insertion(results.get(open.get(i)).conversion(), row, null));
        }
        return results;
    }
}
