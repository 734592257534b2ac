package io.clickthread.routes;

import io.clickthread.http.Request;
import io.clickthread.support.Server;
import java.util.Map;
import java.util.TreeMap;

/** Requests as {@code readRequest} makes them. */
final class Requests {

    private Requests() {
    }

    /** A request with a body and headers, names and values in turn; the last segment of its path is the parameter of this name. */
    static Request of(String path, String parameter, Object body, String... headers) {
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < headers.length; i += 2) {
            sent.put(headers[i], headers[i + 1]);
        }
        Map<String, String> parameters = parameter == null ? Map.of() : Map.of(parameter, path.substring(path.lastIndexOf('/') + 1));
        return new Request(path, path, parameters, Map.of(), sent::get, Server.json(body));
    }

    /** A GET with these query parameters. */
    static Request get(String path, Map<String, String> query) {
        return new Request(path, path, Map.of(), query, name -> null, new byte[0]);
    }
}
