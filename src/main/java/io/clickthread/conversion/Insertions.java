package io.clickthread.conversion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Conversions of one request or file on their way into the database. One of which something stands in the way that may have
 * given way goes into another round. Not for several threads.
 */
public final class Insertions {

    /** Retention removes what stands in the way, and callers correct it, but not again and again. */
    private static final int MOST_ROUNDS = 3;

    /** Retention has removed in between what stood in the way. */
    private static final Map<String, Object> GONE = Map.of("gives_way", true, "differs", "eventId", "stands_state", "expired");

    private final Insertion[] done;
    private List<Integer> open = new ArrayList<>(); // places in it
    private List<Integer> compared = List.of();
    private int rounds;

    Insertions(List<NewConversion> conversions) {
        done = conversions.stream().map(one -> new Insertion(one, null, null)).toArray(Insertion[]::new);
        for (int place = 0; place < done.length; place++) {
            open.add(place);
        }
    }

    /**
     * Whether some are to be stored yet.
     *
     * @return false once all are settled
     */
    public boolean isOpen() {
        return !open.isEmpty();
    }

    /** Whether the database has answered once, so that some may be stored. */
    boolean isBegun() {
        return rounds > 0;
    }

    List<NewConversion> rows() {
        return open.stream().map(place -> done[place].conversion()).toList();
    }

    /** Takes what the database answered for each of {@link #rows}; gives those in whose way something stands. */
    @SuppressWarnings("unchecked")
    List<NewConversion> inserted(List<?> answers) {
        rounds++;
        for (int i = 0; i < answers.size(); i++) {
            NewConversion conversion = done[open.get(i)].conversion();
            done[open.get(i)] = answers.get(i) instanceof RuntimeException refusal ? new Insertion(conversion, null, refusal)
                    : new Insertion(conversion, (Map<String, Object>) answers.get(i), null);
        }
        compared = open.stream().filter(place -> Repetition.standsInTheWay(done[place].answer())).toList();
        open = List.of();
        return compared.stream().map(place -> done[place].conversion()
                .withConversationId((String) done[place].answer().get("conversation_id"))).toList();
    }

    /** Takes what was found in the way of those; what would take its place goes again. */
    @SuppressWarnings("unchecked")
    void compared(List<?> answers) {
        for (int i = 0; i < answers.size(); i++) {
            Insertion one = done[compared.get(i)];
            Map<String, Object> row = new HashMap<>(one.answer());
            row.putAll(answers.get(i) == null ? GONE : (Map<String, Object>) answers.get(i));
            done[compared.get(i)] = new Insertion(one.conversion(), row, null);
        }
        open = rounds == MOST_ROUNDS ? List.of()
                : compared.stream().filter(place -> Repetition.givesWay(done[place].answer())).toList();
        compared = List.of();
    }

    List<Insertion> results() {
        return Arrays.asList(done);
    }
}
