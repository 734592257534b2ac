package io.clickthread.graph;

/**
 * One call to Meta's Graph API. The address is made of the settings and of ids that were checked to be digits; the token
 * travels in a header, never in the URL.
 *
 * @param method {@code GET} or {@code POST}
 * @param path   behind the version, for example {@code 102290129340398/dataset}
 * @param query  behind the question mark, or null
 * @param token  the access token in clear
 * @param body   JSON, or null
 */
public record GraphCall(String method, String path, String query, String token, byte[] body) {

    @Override
    public String toString() {
        return method + " " + path;
    }
}
