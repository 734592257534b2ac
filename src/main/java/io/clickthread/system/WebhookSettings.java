package io.clickthread.system;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Webhooks of all providers.
 *
 * @param tolerance     how far off the signed time of a webhook may be
 * @param secretOverlap how long a channel's secret stays good after it was replaced
 * @param healthWrite   how often it is written when channels were heard of
 * @param metaCheckLife how long it is remembered what Meta says of a number's subscriptions and roles
 */
public record WebhookSettings(
        @DefaultValue("5m") Duration tolerance,
        @DefaultValue("24h") Duration secretOverlap,
        @DefaultValue("5s") Duration healthWrite,
        @DefaultValue("1m") Duration metaCheckLife) {
}
