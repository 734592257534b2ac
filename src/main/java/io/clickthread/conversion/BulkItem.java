package io.clickthread.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.http.Problem;

/**
 * One of many conversions that come together.
 *
 * @param id      the id that it gets, or null for a new one; who comes again with the same id after a crash is no repetition
 * @param fields  a JSON object with the fields of {@code POST /whatsapp/conversions}, {@code accountId} among them
 * @param refusal why it cannot be taken, if whoever read it knows already; else null
 */
public record BulkItem(String id, JsonNode fields, Problem refusal) {

    /**
     * How it is taken.
     *
     * @return in the background, and only with a click
     */
    public IntakeOptions options() {
        return new IntakeOptions(id, true, null, false);
    }

    @Override
    public String toString() {
        return "BulkItem"; // it holds what is personal
    }
}
