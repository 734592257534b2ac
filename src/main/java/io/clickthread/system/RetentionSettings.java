package io.clickthread.system;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is stored is kept; 0 keeps it for ever.
 *
 * @param history       what happened to conversions
 * @param conversions   conversions that came to an end; with them, the protection against a repetition ends
 * @param conversations conversations with their clicks, after the last news of them
 * @param quarantinedWebhooks  webhooks that could not be used
 * @param imports       imports that ended, with what became of their rows
 */
public record RetentionSettings(
        @DefaultValue("180d") Duration history,
        @DefaultValue("400d") Duration conversions,
        @DefaultValue("400d") Duration conversations,
        @DefaultValue("30d") Duration quarantinedWebhooks,
        @DefaultValue("90d") Duration imports) {
}
