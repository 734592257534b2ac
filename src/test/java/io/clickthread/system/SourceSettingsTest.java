package io.clickthread.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clickthread.system.SourceSettings.Encoding;
import io.clickthread.system.SourceSettings.Sender;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** docs/sources.md sets sources by environment variables, senders among them whose names nobody knows beforehand. */
class SourceSettingsTest {

    @Test
    void aSenderIsSetByVariablesAlone() {
        SourceSettings settings = settings(Map.of(
                "CLICKTHREAD_SOURCES_WEBHOOK_ENABLED", "true",
                "CLICKTHREAD_SOURCES_WEBHOOK_OF_WOOCOMMERCE_SECRET", "a-long-secret",
                "CLICKTHREAD_SOURCES_WEBHOOK_OF_WOOCOMMERCE_HEADER", "X-WC-Webhook-Signature",
                "CLICKTHREAD_SOURCES_WEBHOOK_OF_WOOCOMMERCE_ENCODING", "base64",
                "CLICKTHREAD_SOURCES_WEBHOOK_OF_WOOCOMMERCE_WAIT_FOR_CLICK", "2d",
                "CLICKTHREAD_SOURCES_WEBHOOK_OF_WOOCOMMERCE_ACCOUNT_ID", "0c1ed0000000000000000001"));
        assertThat(settings.webhook().enabled()).isTrue();
        assertThat(settings.webhook().of()).containsExactly(Map.entry("woocommerce", new Sender("a-long-secret",
                "X-WC-Webhook-Signature", "", Encoding.BASE64, "0c1ed0000000000000000001", "2d")));
    }

    @Test
    void everySourceIsOffByDefault() {
        SourceSettings settings = settings(Map.of());
        assertThat(settings.kafka().enabled()).isFalse();
        assertThat(settings.csvFolder().enabled()).isFalse();
        assertThat(settings.webhook().enabled()).isFalse();
        assertThat(settings.chatwoot().enabled()).isFalse();
    }

    @Test
    void aSourceWaitsForClicksAsLongAsItIsSet() {
        assertThat(SourceSettings.waitForClick("false")).isNull();
        assertThat(SourceSettings.waitForClick(" ")).isNull();
        assertThat(SourceSettings.waitForClick("True")).isEqualTo(Duration.ofDays(7));
        assertThat(SourceSettings.waitForClick("90m")).isEqualTo(Duration.ofMinutes(90));
        assertThatIllegalArgumentException().isThrownBy(() -> SourceSettings.waitForClick("soon"));
        StandardEnvironment wrong = new StandardEnvironment();
        wrong.getPropertySources().addFirst(new MapPropertySource("test", Map.of(
                "clickthread.sources.kafka.wait-for-click", "soon", "clickthread.sources.webhook.of.my-shop.wait-for-click", "maybe")));
        assertThat(SourcesCheck.faults(wrong)).anyMatch(fault -> fault.contains("KAFKA_WAIT_FOR_CLICK"))
                .anyMatch(fault -> fault.contains("WEBHOOK_OF_MY_SHOP_WAIT_FOR_CLICK"));
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(new Sender("a-long-secret", "h", "", Encoding.HEX, null, "false").toString()).doesNotContain("secret");
        assertThat(settings(Map.of("CLICKTHREAD_SOURCES_CHATWOOT_SECRET", "a-long-secret")).toString())
                .doesNotContain("a-long");
    }

    private static SourceSettings settings(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().replace("systemEnvironment",
                new SystemEnvironmentPropertySource("systemEnvironment", variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("clickthread.sources", SourceSettings.class);
    }
}
