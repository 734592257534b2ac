package io.clickthread.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the fields of a JSON body and collects what is wrong with them, so that a client learns of all faults at once.
 * Like the API that it is compatible with, it takes no {@code null} for an optional field and ignores unknown ones.
 */
public final class JsonFields {

    private final JsonNode body;
    private final Map<String, List<String>> faults = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    /**
     * Begins to read.
     *
     * @param body a JSON object
     */
    public JsonFields(JsonNode body) {
        this.body = body;
    }

    /**
     * A text that must be there.
     *
     * @param name the field
     * @param most its longest length
     * @return the text; null, and a fault noted, if it is missing, empty, too long or no text
     */
    public String required(String name, int most) {
        if (!has(name)) {
            fault(name, "'" + name + "' is required.");
            return null;
        }
        return optional(name, most);
    }

    /**
     * A text that may be there.
     *
     * @param name the field
     * @param most its longest length
     * @return the text, at least one character, or null
     */
    public String optional(String name, int most) {
        if (!has(name)) {
            return null;
        }
        JsonNode node = body.get(name);
        if (!node.isTextual() || node.textValue().isEmpty() || node.textValue().length() > most
                || !Storable.is(node.textValue())) {
            fault(name, "'" + name + "' must be a text of 1 to " + most + " characters.");
            return null;
        }
        return node.textValue();
    }

    /**
     * A text that must fit a pattern, if it is there.
     *
     * @param name    the field
     * @param pattern the pattern of the whole text
     * @param rule    the sentence for a text that does not fit
     * @return the text, or null
     */
    public String matching(String name, Pattern pattern, String rule) {
        String text = optional(name, 10_000);
        if (text != null && !pattern.matcher(text).matches()) {
            fault(name, rule);
            return null;
        }
        return text;
    }

    /**
     * A number that may be there, exact.
     *
     * @param name    the field
     * @param example how one is written, for the fault of a text
     * @return the number, with at most 18 digits before and 10 behind the point, or null
     */
    public BigDecimal number(String name, String example) {
        if (!has(name)) {
            return null;
        }
        JsonNode node = body.get(name);
        BigDecimal number = JsonNumbers.exact(node);
        if (number == null) {
            fault(name, "'" + name + "' must be a number" + JsonNumbers.advice(node, example));
        }
        return number;
    }

    /**
     * A list of texts that may be there.
     *
     * @param name  the field
     * @param most  how many it may have
     * @param width the longest length of one
     * @return the texts, or null
     */
    public List<String> texts(String name, int most, int width) {
        if (!has(name)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        boolean good = body.get(name).isArray() && body.get(name).size() <= most;
        for (JsonNode node : body.get(name)) {
            good = good && node.isTextual() && node.textValue().length() <= width && Storable.is(node.textValue());
            texts.add(node.asText());
        }
        if (!good) {
            fault(name, "'" + name + "' must be a list of at most " + most + " texts.");
            return null;
        }
        return texts;
    }

    /**
     * A field that is true or false.
     *
     * @param name the field
     * @return what it is; false if it was not sent
     */
    public boolean flag(String name) {
        if (has(name) && !body.get(name).isBoolean()) {
            fault(name, "'" + name + "' must be true or false.");
        }
        return body.path(name).asBoolean(false);
    }

    /**
     * A whole number from 1 that may be there.
     *
     * @param name     the field
     * @param standard used when it was not sent
     * @param most     the largest that is allowed
     * @return the number
     */
    public int whole(String name, int standard, int most) {
        JsonNode node = body.path(name);
        if (has(name) && !(node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 1 && node.intValue() <= most)) {
            fault(name, "'" + name + "' must be a whole number from 1 to " + most + ".");
        }
        return has(name) ? node.intValue() : standard;
    }

    /**
     * Refuses fields that mean nothing: a misspelt filter would be one that means more.
     *
     * @param known the fields that there are
     */
    public void only(java.util.Set<String> known) {
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fault(name, "There is no field of this name here, so it would not narrow what is meant.");
            }
        });
    }

    /**
     * Whether a field was sent, be it {@code null}.
     *
     * @param name the field
     * @return true if it is there
     */
    public boolean has(String name) {
        known.add(name);
        return body.has(name);
    }

    /**
     * A field as it was sent.
     *
     * @param name the field
     * @return its JSON, or null
     */
    public JsonNode node(String name) {
        return has(name) ? body.get(name) : null;
    }

    /**
     * What was sent and is of no meaning here.
     *
     * @return the names of the fields that none of these methods was asked for, in their order
     */
    public List<String> ignored() {
        List<String> ignored = new ArrayList<>();
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                ignored.add(name);
            }
        });
        return ignored;
    }

    /**
     * Notes a fault.
     *
     * @param name  the field
     * @param fault a sentence that says what is expected
     */
    public void fault(String name, String fault) {
        faults.computeIfAbsent(name, key -> new ArrayList<>()).add(fault);
    }

    /**
     * Ends the reading.
     *
     * @throws Problem 400 with all faults, if there is one
     */
    public void check() {
        Problem problem = problem();
        if (problem != null) {
            throw problem;
        }
    }

    /**
     * What is wrong so far.
     *
     * @return 400 with all faults, to be thrown; null if there is none
     */
    public Problem problem() {
        return faults.isEmpty() ? null : Problem.invalidFields(faults);
    }
}
