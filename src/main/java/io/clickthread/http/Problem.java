package io.clickthread.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A refusal with its place in the API's error shape: {@code {error, type, code, param?, details?, platform?,
 * platformError?}}, the one that Zernio's clients parse. Thrown anywhere below an HTTP route; the message says what to
 * do and never carries secrets or personal data.
 */
public final class Problem extends RuntimeException {

    private final int status;
    private final transient Body body;
    private final transient Map<String, String> headers;

    private Problem(int status, Body body) {
        this(status, body, Map.of());
    }

    private Problem(int status, Body body, Map<String, String> headers) {
        super(body.error(), null, false, false);
        this.status = status;
        this.body = body;
        this.headers = headers;
    }

    /**
     * The JSON of an error.
     *
     * @param error         a plain sentence that says what to do
     * @param type          the family: {@code invalid_request_error}, {@code not_found}, …
     * @param code          what went wrong, stable, for programs
     * @param param         the parameter at fault, or null
     * @param details       {@code {fields: {name: [sentence]}}} for a body that breaks the schema, or null
     * @param platform      {@code meta} when Meta refused, or null
     * @param platformError Meta's own error object, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Body(String error, String type, String code, String param, Object details, String platform,
                       Object platformError) {
    }

    /**
     * The HTTP status.
     *
     * @return 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The JSON to answer with.
     *
     * @return never null
     */
    public Body body() {
        return body;
    }

    /**
     * The headers to answer with.
     *
     * @return by name; none for most
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The same problem, answered with headers.
     *
     * @param more by name
     * @return the problem, to be thrown
     */
    public Problem with(Map<String, String> more) {
        return more.isEmpty() ? this : new Problem(status, body, more);
    }

    /**
     * Every fault, not just the first.
     *
     * @return the sentences of {@code details.fields}, or the one sentence if there are none
     */
    public String sentences() {
        return body.details() instanceof Map<?, ?> details && details.get("fields") instanceof Map<?, ?> fields
                ? fields.values().stream().flatMap(faults -> ((List<?>) faults).stream()).map(Object::toString)
                        .collect(Collectors.joining(" "))
                : body.error();
    }

    /**
     * A refusal of any status.
     *
     * @param status the HTTP status
     * @param type   see {@link Body}
     * @param code   see {@link Body}
     * @param error  the sentence
     * @return the problem, to be thrown
     */
    public static Problem of(int status, String type, String code, String error) {
        return new Problem(status, new Body(error, type, code, null, null, null, null));
    }

    /**
     * 400 for one parameter.
     *
     * @param code  for example {@code invalid_field_value}
     * @param param the parameter, or null
     * @param error the sentence
     * @return the problem, to be thrown
     */
    public static Problem invalid(String code, String param, String error) {
        return new Problem(400, new Body(error, "invalid_request_error", code, param, null, null, null));
    }

    /**
     * 400 for a body with several faults; clients find them under {@code details.fields}.
     *
     * @param fields each field's faults, at least one
     * @return the problem, to be thrown; its sentence is that of the first fault
     */
    public static Problem invalidFields(Map<String, List<String>> fields) {
        Map.Entry<String, List<String>> first = fields.entrySet().iterator().next();
        return new Problem(400, new Body(first.getValue().get(0), "invalid_request_error", "invalid_field_value",
                first.getKey(), Map.of("fields", fields), null, null));
    }

    /**
     * 404.
     *
     * @param code  for example {@code account_not_found}
     * @param error the sentence
     * @return the problem, to be thrown
     */
    public static Problem notFound(String code, String error) {
        return of(404, "not_found", code, error);
    }

    /**
     * 422: understood, but cannot be done as things stand.
     *
     * @param code  what stands in the way
     * @param error the sentence
     * @return the problem, to be thrown
     */
    public static Problem unprocessable(String code, String error) {
        return of(422, "invalid_request_error", code, error);
    }

    /**
     * 409: something stands in the way that was taken before.
     *
     * @param code    what stands in the way
     * @param param   the parameter that both name
     * @param error   the sentence
     * @param details the same for programs
     * @return the problem, to be thrown
     */
    public static Problem conflict(String code, String param, String error, Map<String, Object> details) {
        return new Problem(409, new Body(error, "invalid_request_error", code, param, details, null, null));
    }

    /**
     * Meta refused or failed.
     *
     * @param status        422 for a refusal, 502 for a failure
     * @param error         the sentence
     * @param platformError Meta's error object, or null if there was none
     * @return the problem, to be thrown
     */
    public static Problem platform(int status, String error, Object platformError) {
        return new Problem(status,
                new Body(error, "platform_error", "platform_api_error", null, null, "meta", platformError));
    }
}
