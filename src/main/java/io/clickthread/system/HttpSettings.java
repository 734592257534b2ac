package io.clickthread.system;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the HTTP port.
 *
 * @param maxBodyBytes    413 above it; Meta sends up to 3 MB
 * @param workers         how many requests may wait for the database or Meta at once
 * @param idleTimeout     when an unused connection is closed, and one whose client takes nothing of its answers
 * @param webhookWorkers  how many of the workers requests to the API never take
 * @param waiting         how many requests to the API may wait for a worker
 * @param requests        how many requests of any kind may wait or be worked on
 * @param bodyMemoryBytes how many bytes of bodies may be held; 0 for a sixteenth of the heap
 * @param readTimeout     within which a body must have arrived
 * @param connections     how many may be open
 * @param publicPaths     what addresses of further routes begin with that take requests without an API key
 */
public record HttpSettings(
        @DefaultValue("3145728") long maxBodyBytes,
        @DefaultValue("288") int workers,
        @DefaultValue("60s") Duration idleTimeout,
        @DefaultValue("32") int webhookWorkers,
        @DefaultValue("256") int waiting,
        @DefaultValue("1024") int requests,
        @DefaultValue("0") long bodyMemoryBytes,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("4096") int connections,
        @DefaultValue({}) List<String> publicPaths) {
}
