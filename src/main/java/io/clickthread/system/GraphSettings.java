package io.clickthread.system;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Meta's Graph API.
 *
 * @param url             https, or http on loopback
 * @param version         for example {@code v25.0}
 * @param connectTimeout  how long to wait for a connection
 * @param responseTimeout how long to wait for an answer; a conversion without one is of unknown outcome
 * @param totalTimeout    how long a call may take from its beginning to the last byte of its answer; the same then
 * @param connections     how many calls may be under way at once
 */
public record GraphSettings(
        @DefaultValue("https://graph.facebook.com") String url,
        @DefaultValue("v25.0") String version,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration responseTimeout,
        @DefaultValue("10s") Duration totalTimeout,
        @DefaultValue("128") int connections) {
}
