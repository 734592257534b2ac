package io.clickthread.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.process.Checker.Conversion;
import io.clickthread.process.Checker.Findings;
import io.clickthread.process.Checker.Stored;
import io.clickthread.process.MetaStandIn.Arrival;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge of the crash ledger sees each kind of fault. */
class CheckerTest {

    private final Ledger.Promises promises = new Ledger.Promises(Map.of("p", List.of("first", "later")),
            Map.of("p", List.of("sale", "resale")));
    private final Map<String, List<String>> clicks = new HashMap<>(Map.of("p", List.of("first", "later")));
    private final Map<String, String> firstClicks = new HashMap<>(Map.of("p", "first"));
    private final Map<String, Conversion> conversions = new HashMap<>(Map.of(
            "sale", new Conversion("delivered", false, false), "resale", new Conversion("delivered", false, false)));
    private final Map<String, List<Arrival>> arrivals = new HashMap<>(Map.of(
            "sale", List.of(arrival(1, false), arrival(2, true)), "resale", List.of(arrival(3, true))));

    @Test
    void balancedBooksHaveNoFindings() {
        assertThat(check()).isEqualTo(new Findings());
    }

    @Test
    void aMissingClickIsLost() {
        clicks.put("p", List.of("first"));
        assertThat(check().lost()).containsExactly("click later");
    }

    @Test
    void aMissingConversionIsLost() {
        conversions.remove("resale");
        assertThat(check().lost()).contains("conversion resale");
    }

    @Test
    void anotherFirstClickIsAMistake() {
        firstClicks.put("p", "later");
        assertThat(check().mistaken()).hasSize(1);
    }

    @Test
    void aClickThatIsStoredTwiceIsDoubled() {
        clicks.put("p", List.of("first", "later", "later"));
        assertThat(check().doubled()).hasSize(1);
    }

    @Test
    void anEventThatMetaCountedTwiceIsDoubledWhateverItsState() {
        arrivals.put("resale", List.of(arrival(3, true), arrival(4, true)));
        assertThat(check().doubled()).hasSize(1);
        conversions.put("resale", new Conversion("unknown", false, true));
        assertThat(check().doubled()).hasSize(1);
    }

    @Test
    void deliveredWithoutMetaHavingItIsAMistake() {
        arrivals.put("resale", List.of(arrival(3, false)));
        assertThat(check().mistaken()).hasSize(1);
    }

    @Test
    void rejectedAlthoughMetaCountedItIsAMistake() {
        conversions.put("sale", new Conversion("rejected", false, true));
        assertThat(check().mistaken()).hasSize(1);
    }

    @Test
    void anUnknownOutcomeMayBeEither() {
        conversions.put("sale", new Conversion("unknown", false, true));
        conversions.put("resale", new Conversion("unknown", false, true));
        arrivals.remove("resale");
        assertThat(check()).isEqualTo(new Findings());
    }

    @Test
    void aConversionWhoseTimeHasComeAndThatNobodyTookIsStuck() {
        conversions.put("resale", new Conversion("sending", true, false));
        assertThat(check().stuck()).hasSize(1);
    }

    @Test
    void aLaterEventThatOvertookAnEarlierOneIsOutOfOrder() {
        arrivals.put("resale", List.of(arrival(1, true)));
        assertThat(check().disordered()).hasSize(1);
    }

    @Test
    void anEventMayOvertakeOneThatGaveWay() {
        arrivals.put("resale", List.of(arrival(1, true)));
        conversions.put("sale", new Conversion("delivered", false, true));
        assertThat(check().disordered()).isEmpty();
    }

    private Findings check() {
        return Checker.check(promises, new Stored(clicks, firstClicks, conversions), arrivals);
    }

    private static Arrival arrival(long order, boolean counted) {
        return new Arrival(order, counted, "/a/v25.0/1/events");
    }
}
