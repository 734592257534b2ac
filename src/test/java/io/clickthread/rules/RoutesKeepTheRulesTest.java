package io.clickthread.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The routes and statements of this project keep every rule of the house. */
class RoutesKeepTheRulesTest {

    @ParameterizedTest
    @EnumSource(HouseRule.class)
    void theProjectKeepsTheRule(HouseRule rule) {
        assertThat(rule.brokenBy(Bundle.project())).isEmpty();
    }

    @Test
    void everyYamlFileIsLoadedByItsEnding() {
        assertThat(Bundle.yamlFiles()).isNotEmpty().allMatch(file -> file.endsWith(RouteFile.SUFFIX));
    }
}
