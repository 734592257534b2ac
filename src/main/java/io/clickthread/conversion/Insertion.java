package io.clickthread.conversion;

import java.util.Map;

/**
 * What the database said of a conversion that was to be stored.
 *
 * @param conversion the conversion
 * @param answer     the row of {@code accept-conversions.sql}; of a repetition also what {@code compare-repetitions.sql} found.
 *                   Null if it was refused
 * @param refusal    why a value of it could not be stored, or null
 */
public record Insertion(NewConversion conversion, Map<String, Object> answer, RuntimeException refusal) {

    /** Whether it is stored now and was not before. */
    boolean isNew() {
        return answer != null && answer.get("accepted_id") != null;
    }

    /** Whether it is known what stands under its event id, or why it was refused. */
    boolean isAnswered() {
        return refusal != null || answer != null && !(Repetition.standsInTheWay(answer) && !answer.containsKey("stands_state"));
    }

    @Override
    public String toString() {
        return "Insertion[" + conversion + "]"; // the rest is a person's
    }
}
