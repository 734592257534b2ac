package io.clickthread.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.capture.InboundWebhook;
import io.clickthread.capture.IngestResult;
import io.clickthread.capture.MessageClassifier;
import io.clickthread.capture.Touchpoint;
import io.clickthread.contact.Alias;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Runs quarantined webhooks again, as many as a filter names, or says what that would bring. */
@Component("quarantineReplays")
public class QuarantineReplays {

    private static final Set<String> FIELDS = Set.of("provider", "channelKey", "accountId", "since", "until", "reason",
            "includeReplayed", "dryRun", "limit", "cursor");

    private final ObjectMapper mapper;
    private final MessageClassifier classifier;
    private final QuarantinedWebhooks kept;
    private final Clock clock;

    QuarantineReplays(ObjectMapper mapper, MessageClassifier classifier, QuarantinedWebhooks kept, Clock clock) {
        this.mapper = mapper;
        this.classifier = classifier;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * Which ones to run.
     *
     * @param request with a filter as its body
     * @return how to go through them
     * @throws Problem 400 for a filter that breaks the schema
     */
    public ReplayRound read(Request request) {
        return new ReplayRound(request.json(mapper), FIELDS, List.of("provider", "channelKey", "accountId", "reason"),
                clock.instant());
    }

    /**
     * Takes up what was chosen.
     *
     * @param round whose turn it is
     * @param rows  of {@code choose-quarantined-webhooks.sql}
     */
    public void chosen(ReplayRound round, List<Map<String, Object>> rows) {
        round.choose(rows);
    }

    /**
     * What one brought.
     *
     * @param round  whose turn it is
     * @param result the webhook after it was run
     * @return its outcome
     */
    public ReplayRound.Outcome ran(ReplayRound round, IngestResult result) {
        return outcome(round, result.quarantineReason(), result.clicks().size(), "replayed", null);
    }

    /**
     * What is to be asked about a webhook that is not run.
     *
     * @param webhook as it was opened
     * @return what it would bring; of a source's, nothing is known
     */
    public Preview preview(InboundWebhook webhook) {
        return new Preview(kept.isOfSource(webhook) ? new IngestResult(webhook, List.of(), List.of(), null) : classifier.classify(webhook));
    }

    /**
     * What one would bring.
     *
     * @param round     whose turn it is
     * @param preview what was asked
     * @param rows      of {@code preview-clicks.sql}
     * @return its outcome
     */
    public ReplayRound.Outcome previewed(ReplayRound round, Preview preview, List<Map<String, Object>> rows) {
        List<Map<String, Object>> messages = new ArrayList<>();
        int clicks = 0;
        for (Map<String, Object> row : rows) {
            Touchpoint touchpoint = preview.news().get(Rows.number(row, "number"));
            boolean isNew = Boolean.FALSE.equals(row.get("known"));
            boolean isClick = touchpoint.fromAd();
            clicks += isClick && isNew ? 1 : 0;
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("accountId", touchpoint.accountId());
            message.put("messageId", touchpoint.messageId());
            message.put("click", isClick ? isNew ? "new" : "known" : "none");
            messages.add(message);
        }
        return outcome(round, preview.result.quarantineReason(), clicks, "would be replayed", messages);
    }

    /**
     * What became of one that failed: it stays kept. While the database is away the rest would fail as well, so it is the end.
     *
     * @param failure what happened
     * @param round   whose turn it is
     * @return its outcome
     */
    public ReplayRound.Outcome failed(Throwable failure, ReplayRound round) {
        return Failures.outcome(failure, round, change(round, "quarantined", 0, "It failed: " + Failures.name(failure), null));
    }

    /**
     * Counts what became of one.
     *
     * @param round   whose turn it is
     * @param outcome of it
     */
    public void count(ReplayRound round, ReplayRound.Outcome outcome) {
        round.count(outcome);
    }

    /**
     * What a round came to.
     *
     * @param round that ended
     * @return {@code {dryRun, examined, replayed, clicks, stillQuarantined, changes, hasMore, nextCursor}}
     */
    public Map<String, Object> answer(ReplayRound round) {
        return round.result("replayed", "stillQuarantined");
    }

    private static ReplayRound.Outcome outcome(ReplayRound round, String reason, int clicks, String after,
                                               List<Map<String, Object>> messages) {
        boolean isLeft = reason != null;
        return new ReplayRound.Outcome(!isLeft, isLeft, clicks,
                change(round, isLeft ? "quarantined" : after, clicks, reason, messages));
    }

    private static Map<String, Object> change(ReplayRound round, String after, int clicks, String reason,
                                              List<Map<String, Object>> messages) {
        Map<String, Object> row = round.current();
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("id", row.get("id"));
        change.put("provider", row.get("provider"));
        change.put("before", "quarantined: " + row.get("reason"));
        change.put("after", after);
        change.put("clicks", clicks);
        if (messages != null) {
            change.put("messages", messages);
        }
        if (reason != null) {
            change.put("reason", reason);
        }
        return change;
    }

    /** What is asked about the messages of a webhook that is not run. */
    public static final class Preview {

        private final IngestResult result;

        private Preview(IngestResult result) {
            this.result = result;
        }

        List<Touchpoint> news() {
            return result.messages().stream().filter(Touchpoint::isNew).toList();
        }

        /** The parameters of {@code preview-clicks.sql}. */
        public Map<String, Object> parameters() {
            List<Touchpoint> all = news();
            List<Integer> owners = new ArrayList<>();
            List<Alias> aliases = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                for (Alias alias : all.get(i).aliases()) {
                    owners.add(i);
                    aliases.add(alias);
                }
            }
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("owners", owners.stream().mapToInt(Integer::intValue).toArray());
            parameters.put("kinds", aliases.stream().map(Alias::kind).toArray(String[]::new));
            parameters.put("values", aliases.stream().map(Alias::value).toArray(String[]::new));
            parameters.put("accounts", all.stream().map(Touchpoint::accountId).toArray(String[]::new));
            parameters.put("messageIds", all.stream().map(Touchpoint::messageId).toArray(String[]::new));
            parameters.put("clickIds", all.stream().map(Touchpoint::clickId).toArray(String[]::new));
            return parameters;
        }
    }
}
