package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The crash ledger sees an unknown conversion that its process knew never to have left. */
class UnknownsTest {

    private static final String OF_A = "6b0a1434" + "aaaaaaaaaa" + "a1e55e";
    private static final String OF_B = "6b0a1434" + "bbbbbbbbbb" + "a1e55f";

    @Test
    void onlyOneThatNeverLeftAProcessThatLivesIsAFault() {
        Map<String, String> unknown = new HashMap<>(Map.of("arrived", OF_A, "killed", OF_B, "forgotten", OF_A));
        unknown.put("called", null);

        Unknowns unknowns = Unknowns.of(unknown, Set.of("arrived"), Set.of(Unknowns.process(OF_A)));

        assertThat(unknowns.arrived()).isEqualTo(2);
        assertThat(unknowns.ofKilled()).isEqualTo(1);
        assertThat(unknowns.ofLiving()).hasSize(1).allMatch(line -> line.contains("forgotten"));
    }
}
