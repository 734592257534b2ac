package io.clickthread.http;

import java.util.Map;

/**
 * What an HTTP route answers.
 *
 * @param status  the HTTP status
 * @param headers further response headers
 * @param body    a {@code String} is sent as plain text, unless the headers name another {@code Content-Type}; an
 *                {@code InputStream} as it is and while it is read, with the {@code Content-Type} among the headers;
 *                anything else as JSON
 */
public record ApiResponse(int status, Map<String, String> headers, Object body) {

    /**
     * A JSON answer without further headers.
     *
     * @param status the HTTP status
     * @param body   what Jackson can write
     * @return the answer
     */
    public static ApiResponse of(int status, Object body) {
        return new ApiResponse(status, Map.of(), body);
    }

    /**
     * A 200 with a JSON body.
     *
     * @param body what Jackson can write
     * @return the answer
     */
    public static ApiResponse ok(Object body) {
        return of(200, body);
    }

    @Override
    public String toString() {
        return "ApiResponse[" + status + "]"; // the rest is a person's
    }
}
