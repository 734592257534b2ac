package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickthread.support.Server;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** One page of a replay, where it ends. */
class ReplayRoundTest {

    private static final Map<String, Object> ROW = Map.of("ordered_at", Timestamp.from(Instant.EPOCH), "ordered_id",
            "000000000000000000000007");

    @Test
    void whileTheDatabaseIsAwayItEndsAndSaysSo() {
        ReplayRound round = round(Instant.now());
        round.choose(List.of(ROW, ROW, ROW));
        round.next();

        round.count(Failures.outcome(new CannotGetJdbcConnectionException("gone"), round, Map.of()));

        assertThat(round.isOpen()).isFalse();
        assertThatThrownBy(() -> round.result("changed", "left")).isInstanceOf(CannotGetJdbcConnectionException.class);
    }

    @Test
    void aFaultOfOneIsNoFaultOfTheNext() {
        ReplayRound round = round(Instant.now());
        round.choose(List.of(ROW, ROW));
        round.next();

        round.count(Failures.outcome(new IllegalStateException("of this one"), round, Map.of()));

        assertThat(round.isOpen()).isTrue();
        assertThat(round.result("changed", "left")).containsEntry("left", 1);
    }

    @Test
    void itEndsBeforeACallerLosesPatienceAndSaysWhereToGoOn() {
        ReplayRound round = round(Instant.now().minusSeconds(60));
        round.choose(List.of(ROW, ROW));
        round.next();

        assertThat(round.isOpen()).isFalse();
        assertThat(round.result("changed", "left")).containsEntry("examined", 1).containsEntry("hasMore", true)
                .extractingByKey("nextCursor").isNotNull();
    }

    private static ReplayRound round(Instant now) {
        return new ReplayRound(Server.JSON.createObjectNode(), Set.of(), List.of(), now);
    }
}
