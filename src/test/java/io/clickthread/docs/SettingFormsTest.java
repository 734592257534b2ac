package io.clickthread.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clickthread.system.StartupCheck;
import io.clickthread.system.StartupRefused;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class SettingFormsTest {

    private static final Map<String, String> GOOD = Map.of(
            "clickthread.database.url", "jdbc:postgresql://127.0.0.1:1/nowhere",
            "clickthread.api-key", "0123456789-0123456789-0123456789",
            "clickthread.encryption-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "clickthread.meta.app-secret", "app-secret-of-a-test",
            "clickthread.meta.verify-token", "verify-token-of-a-test");

    /** Every number, duration and switch of the tables of settings; a text has no form. */
    @Test
    void everySettingThatHasAFormIsNamedAtTheStartIfItHasAnother() {
        Set<String> checked = new TreeSet<>();
        Project.settings().forEach((name, standard) -> {
            if (standard.matches("\\d+(ms|s|m|h|d)?(,.*)?|true|false")) {
                checked.add(name);
                MockEnvironment environment = new MockEnvironment();
                GOOD.forEach(environment::setProperty);
                environment.setProperty(name, "?!");
                StartupRefused refused = catchThrowableOfType(StartupRefused.class, () ->
                        new StartupCheck().postProcessEnvironment(environment, new SpringApplication()));
                assertThat(refused).as(name).isNotNull();
                assertThat(refused.faults()).singleElement().asString().startsWith(Project.variable(name) + " must be ")
                        .doesNotContain("?!");
            }
        });
        assertThat(checked).hasSizeGreaterThan(40);
    }
}
