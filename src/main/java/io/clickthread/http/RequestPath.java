package io.clickthread.http;

import io.vertx.ext.web.RoutingContext;

/** What routes are matched by. */
final class RequestPath {

    private RequestPath() {
    }

    /**
     * The path of a request: {@code /%61pi} and {@code //api} are {@code /api}.
     *
     * @param context of the request
     * @return the path; null if it cannot be decoded
     */
    static String of(RoutingContext context) {
        try {
            return context.normalizedPath();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
