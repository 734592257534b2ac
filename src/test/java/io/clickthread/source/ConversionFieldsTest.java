package io.clickthread.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.conversion.IntakeOptions;
import io.clickthread.conversion.QueuedConversion;
import io.clickthread.local.DemoAccount;
import io.clickthread.support.Server;
import io.clickthread.system.Settings;
import io.clickthread.system.SourceOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;

/** What sources have becomes what the API takes; what makes no sense stays, for the API to name. */
class ConversionFieldsTest {

    private final ConversionFields fields = Server.shared().context.getBean(ConversionFields.class);

    @ParameterizedTest
    @CsvSource({"2026-11-22T10:15:00Z, 1795342500", "2026-11-22T10:15:00+02:00, 1795335300",
        "2026-11-22T10:15:00, 1795342500", "2026-11-22 10:15, 1795342500", "2026-11-22T10:15:00.123+0000, 1795342500",
        "2026-11-22T10:15:00.123456Z, 1795342500", "1795342500, 1795342500", "yesterday, yesterday"})
    void aTimeBecomesUnixSeconds(String given, String wanted) {
        assertThat(one("kafka", Map.of("eventTime", given)).get("eventTime")).hasToString(wanted);
    }

    @ParameterizedTest
    @CsvSource({"49.90, 49.90", "' 7 ', 7", "-1, -1", "'49,90', '49,90'"})
    void anAmountAsATextBecomesANumber(String given, String wanted) {
        assertThat(one("kafka", Map.of("value", given)).get("value")).hasToString(wanted);
    }

    @Test
    void listsComeAsListsOrWithBarsAndTheirNumbersAreTexts() {
        assertThat(one("kafka", Map.of("contentIds", "a|b"))).containsEntry("contentIds", List.of("a", "b"));
        assertThat(one("kafka", Map.of("contentIds", Arrays.asList(7, null, "b")))).containsEntry("contentIds",
                List.of("7", "b"));
        assertThat(one("kafka", Map.of("contentIds", 7))).containsEntry("contentIds", List.of("7"));
    }

    @Test
    void numbersBecomeTheTextsOfIds() {
        assertThat(one("kafka", Map.of("eventId", 10L, "phoneE164", new BigDecimal("1.5551234567E10"))))
                .containsEntry("eventId", "10").containsEntry("phoneE164", "15551234567");
    }

    /** Written out, the first would take a gigabyte; read as a number, the second a minute. */
    @Test
    void numbersThatAreTooLongStayTexts() {
        assertThat(one("kafka", Map.of("eventId", new BigDecimal("1e999999999"), "contentIds", new BigDecimal("1e-999999999"))))
                .containsEntry("eventId", "1E+999999999").containsEntry("contentIds", List.of("1E-999999999"));
        String digits = "9".repeat(3_000_000);
        assertThat(one("kafka", Map.of("value", digits, "eventTime", digits))).containsEntry("value", digits)
                .containsEntry("eventTime", digits);
    }

    @Test
    void emptyAndUnknownFieldsAreLeftOut() {
        Map<String, Object> given = new HashMap<>(Map.of("email", "", "currency", "  ", "contentIds", List.of(), "gift", "yes"));
        given.put("value", null);
        assertThat(one("kafka", given)).isEmpty();
    }

    @Test
    void theAccountIsTheSourcesUnlessTheMessageNamesOne() {
        assertThat(one("chatwoot", Map.of())).containsEntry("accountId", DemoAccount.ID);
        assertThat(one("webhook/shop", Map.of())).containsEntry("accountId", DemoAccount.ID);
        assertThat(one("webhook/shop", Map.of("accountId", "other"))).containsEntry("accountId", "other");
        assertThat(one("webhook/gone", Map.of())).isEmpty();
        assertThat(one("csv-folder", Map.of())).isEmpty();
    }

    @Test
    void aMappingMayMakeNoneOneOrSeveral() {
        SourceMessage message = new SourceMessage("kafka", null, new byte[0]);
        assertThat(fields.complete(message, null)).isEmpty();
        assertThat(fields.complete(message, Map.of("eventId", "1"))).hasSize(1);
        assertThat(fields.complete(message, List.of(Map.of(), "no conversion"))).hasSize(2);
    }

    @Test
    void ofTheVariablesOnlyTheFieldsArePicked() {
        assertThat(fields.pick(Map.of("eventId", 1, "requestId", "r"))).containsOnlyKeys("eventId");
    }

    @Test
    void aSourceThatIsSetSoHasItsConversionsWaitForTheirClick() {
        Map<String, String> set = Map.of("clickthread.sources.kafka.wait-for-click", "2d",
                "clickthread.sources.csv-folder.wait-for-click", "1h", "clickthread.sources.chatwoot.wait-for-click", "true",
                "clickthread.sources.webhook.of.shop.wait-for-click", "3d", "clickthread.sources.webhook.of.other.secret", "s");
        ConversionFields waiting = new ConversionFields(new Binder(new MapConfigurationPropertySource(set))
                .bindOrCreate("clickthread", Settings.class), options(set));
        Map<String, Duration> waits = Map.of("kafka", Duration.ofDays(2), "csv-folder", Duration.ofHours(1),
                "chatwoot", Duration.ofDays(7), "webhook/shop", Duration.ofDays(3));
        waits.forEach((source, wait) -> assertThat(waiting.complete(new SourceMessage(source, null, new byte[0]),
                Map.of("eventId", "1"))).as(source).containsExactly(new QueuedConversion(Map.of("eventId", "1"),
                new IntakeOptions(null, true, wait, source.equals("chatwoot")))));
        for (String source : List.of("webhook/other", "webhook/gone")) {
            assertThat(waiting.complete(new SourceMessage(source, null, new byte[0]), Map.of("eventId", "1"))).as(source)
                    .containsExactly(Map.of("eventId", "1"));
        }
    }

    @Test
    void everyNameOfAContactIsAField() {
        assertThat(one("webhook/gone", Map.of("userId", " BR.1 ", "contactId", "chatwoot 1/7"))).containsEntry("userId", "BR.1")
                .containsEntry("contactId", "chatwoot 1/7");
    }

    private static SourceOptions options(Map<String, String> set) {
        MockEnvironment environment = new MockEnvironment();
        set.forEach(environment::setProperty);
        return new SourceOptions(environment);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> one(String source, Map<String, Object> mapped) {
        Object one = fields.complete(new SourceMessage(source, null, new byte[0]), mapped).get(0);
        return (Map<String, Object>) (one instanceof QueuedConversion queued ? queued.fields() : one);
    }
}
