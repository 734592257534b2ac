package io.clickthread.http;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.system.JsonConfiguration;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One HTTP request as routes and beans see it. Nothing of it is a Camel header, so a caller can inject none.
 *
 * @param path           the path, without the query, normalised: no empty or dot segments
 * @param target         path and query byte by byte as they were requested, for signatures over the address
 * @param pathParameters the decoded values of the route's {@code {name}} segments
 * @param query          the first value of each query parameter, decoded
 * @param headers        looks a header up by its name, whatever the case; null for one that was not sent
 * @param body           the exact bytes; empty for none
 */
public record Request(String path, String target, Map<String, String> pathParameters, Map<String, String> query,
                      UnaryOperator<String> headers, byte[] body) {

    /**
     * The value of a path segment.
     *
     * @param name the name between the braces of the route's path
     * @return the decoded value, never null for a name that the path has
     */
    public String path(String name) {
        return pathParameters.get(name);
    }

    /**
     * A query parameter.
     *
     * @param name its name
     * @return its first value, or null if it was not sent or is empty
     */
    public String query(String name) {
        String value = query.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /**
     * A request header.
     *
     * @param name its name, in any case
     * @return its value, or null
     */
    public String header(String name) {
        return headers.apply(name);
    }

    /**
     * The body as a JSON object.
     *
     * @param mapper reads it
     * @return the object
     * @throws Problem 400 {@code invalid_json_body} for anything but one JSON object
     */
    public JsonNode json(ObjectMapper mapper) {
        JsonNode node;
        try {
            node = mapper.readTree(body);
        } catch (IOException | NumberFormatException e) { // of an exponent that no number has
            throw notJson(e);
        }
        if (node == null || !node.isObject()) {
            throw Problem.invalid("invalid_json_body", null, "The request body must be a JSON object.");
        }
        return node;
    }

    /**
     * What a body that cannot be read as JSON is answered.
     *
     * @param failure of the parser
     * @return 400 {@code invalid_json_body}, to be thrown
     */
    public static Problem notJson(Exception failure) {
        return Problem.invalid("invalid_json_body", null, failure instanceof StreamConstraintsException
                ? "The request body is too much JSON: send no more than " + JsonConfiguration.MOST_TOKENS
                        + " names and values, nested no deeper than " + JsonConfiguration.DEEPEST + "."
                : "The request body is not valid JSON.");
    }

    @Override
    public String toString() {
        return "Request[" + body.length + " bytes]"; // the rest is a person's
    }
}
