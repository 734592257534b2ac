package io.clickthread.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What the port holds and refuses, for {@code /actuator/prometheus}. Everything is counted anyway; this reads it. */
final class HttpMeters {

    private static final String REFUSED = "clickthread.http.refused";

    private HttpMeters() {
    }

    /** Makes the meters of one server. */
    static void register(MeterRegistry registry, Admission admission, BodyReader bodies, Connections connections) {
        gauge(registry, "clickthread.http.requests", "Requests that wait or are worked on", admission,
                Admission::requests);
        gauge(registry, "clickthread.http.api.working", "Requests to the API that hold a worker", admission,
                Admission::working);
        gauge(registry, "clickthread.http.api.waiting", "Requests to the API that wait for a worker", admission,
                Admission::waiting);
        gauge(registry, "clickthread.http.body.bytes", "Bytes of bodies that are held", admission, Admission::bytes);
        gauge(registry, "clickthread.http.unsent.bytes", "Bytes of answers that clients have not taken", admission,
                Admission::unsent);
        gauge(registry, "clickthread.http.body.arriving", "Bodies that are arriving", bodies, BodyReader::arriving);
        gauge(registry, "clickthread.http.connections", "Open connections", connections, Connections::open);
        for (Admission.Limit limit : Admission.Limit.values()) {
            refused(registry, limit.name().toLowerCase(Locale.ROOT), admission, it -> it.refused(limit));
        }
        refused(registry, "late", bodies, BodyReader::late);
        refused(registry, "connections", connections, Connections::refused);
    }

    private static <T> void gauge(MeterRegistry registry, String name, String description, T of, ToLongFunction<T> value) {
        Gauge.builder(name, of, value::applyAsLong).description(description).register(registry);
    }

    private static <T> void refused(MeterRegistry registry, String reason, T of, ToLongFunction<T> value) {
        FunctionCounter.builder(REFUSED, of, value::applyAsLong).tag("reason", reason)
                .description("Requests and connections that were refused, by what there was too much of").register(registry);
    }
}
