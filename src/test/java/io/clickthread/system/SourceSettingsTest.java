package io.clickthread.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clickthread.system.SourceSettings.Encoding;
import io.clickthread.system.SourceSettings.Sender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** docs/sources.md sets sources by environment variables, senders among them whose names nobody knows beforehand. */
class SourceSettingsTest {

    private static final List<String> WEBHOOK = List.of("secret", "account-id");

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
    void aSourceThatOnlyARouteFileKnowsIsSetByVariablesThatHaveItsName() {
        SourceOptions options = new SourceOptions(environment(Map.of("CLICKTHREAD_SOURCES_MY_SHOP_ENABLED", "true",
                "CLICKTHREAD_SOURCES_MY_SHOP_SECRET", " a secret of sixteen ", "CLICKTHREAD_SOURCES_MY_SHOP_ACCOUNT_ID", "a",
                "CLICKTHREAD_SOURCES_MY_SHOP_WAIT_FOR_CLICK", "2d")));
        assertThat(options.get("my-shop", "secret")).isEqualTo("a secret of sixteen");
        assertThat(options.waitForClick("my-shop")).isEqualTo(Duration.ofDays(2));
        assertThat(options.faults("my-shop", WEBHOOK, "x.yaml")).isEmpty();
    }

    @Test
    void aSourceThatIsSwitchedOnAndNotSetUpIsNamedByAllThatIsWrongAndByNoValue() {
        Map<String, Object> set = new java.util.HashMap<>(Map.of("CLICKTHREAD_SOURCES_MY_SHOP_ENABLED", "true"));
        assertThat(faults(set)).hasSize(2).anyMatch(fault -> fault.startsWith("CLICKTHREAD_SOURCES_MY_SHOP_SECRET is missing: the source of x.yaml"))
                .anyMatch(fault -> fault.startsWith("CLICKTHREAD_SOURCES_MY_SHOP_ACCOUNT_ID is missing"));
        set.put("CLICKTHREAD_SOURCES_MY_SHOP_SECRET", "a secret of sixteen,short");
        set.put("CLICKTHREAD_SOURCES_MY_SHOP_ACCOUNT_ID", "a");
        set.put("CLICKTHREAD_SOURCES_MY_SHOP_WAIT_FOR_CLICK", "soon");
        assertThat(faults(set)).hasSize(2).anyMatch(fault -> fault.startsWith("CLICKTHREAD_SOURCES_MY_SHOP_SECRET is too short"))
                .anyMatch(fault -> fault.startsWith("CLICKTHREAD_SOURCES_MY_SHOP_WAIT_FOR_CLICK must be"))
                .noneMatch(fault -> fault.contains("sixteen") || fault.contains("soon"));
        set.put("CLICKTHREAD_SOURCES_MY_SHOP_ENABLED", "maybe");
        assertThat(faults(set)).containsExactly("CLICKTHREAD_SOURCES_MY_SHOP_ENABLED must be true or false");
        set.put("CLICKTHREAD_SOURCES_MY_SHOP_ENABLED", "false");
        assertThat(faults(set)).isEmpty();
    }

    @Test
    void aSwitchOfASourceThatNothingBringsIsFoundHoweverItIsWritten() {
        SourceOptions options = new SourceOptions(environment(Map.of("CLICKTHREAD_SOURCES_MY_SHOP_ENABLED", "true",
                "CLICKTHREAD_SOURCES_KAFKA_ENABLED", "true", "CLICKTHREAD_SOURCES_OTHER_ENABLED", "false", "CLICKTHREAD_SOURCES_OTHER_SECRET", "x",
                "CLICKTHREAD_SOURCES_WEBHOOK_OF_SHOP_SECRET", "true")));
        assertThat(options.unknown(List.of("my-shop", "kafka"))).isEmpty();
        assertThat(options.unknown(List.of("kafka", "my"))).singleElement().asString().startsWith("CLICKTHREAD_SOURCES_MY_SHOP_ENABLED is true");
        StandardEnvironment properties = new StandardEnvironment();
        properties.getPropertySources().addFirst(new MapPropertySource("test", Map.of("clickthread.sources.my-shop.enabled", true)));
        assertThat(new SourceOptions(properties).unknown(List.of("my-shop"))).isEmpty();
        assertThat(new SourceOptions(properties).unknown(List.of("shop"))).hasSize(1);
    }

    private static List<String> faults(Map<String, Object> variables) {
        return new SourceOptions(environment(variables)).faults("my-shop", WEBHOOK, "x.yaml");
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(new Sender("a-long-secret", "h", "", Encoding.HEX, null, "false").toString()).doesNotContain("secret");
        assertThat(settings(Map.of("CLICKTHREAD_SOURCES_CHATWOOT_SECRET", "a-long-secret")).toString())
                .doesNotContain("a-long");
    }

    private static SourceSettings settings(Map<String, Object> variables) {
        return Binder.get(environment(variables)).bindOrCreate("clickthread.sources", SourceSettings.class);
    }

    private static StandardEnvironment environment(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().replace("systemEnvironment",
                new SystemEnvironmentPropertySource("systemEnvironment", variables));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
