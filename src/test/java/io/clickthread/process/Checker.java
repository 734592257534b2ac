package io.clickthread.process;

import io.clickthread.process.MetaStandIn.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what clients were promised, what is stored and what Meta counted. */
final class Checker {

    /**
     * A stored conversion.
     *
     * @param state   as in the table
     * @param isStuck not final, although its time has come
     * @param gaveWay it was rejected, unknown or expired once, so that later ones of its contact did not wait for it
     */
    record Conversion(String state, boolean isStuck, boolean gaveWay) {
    }

    /** What is stored: the clicks by phone, oldest first; the click that is shown as the first; conversions by event id. */
    record Stored(Map<String, List<String>> clicks, Map<String, String> firstClicks, Map<String, Conversion> conversions) {
    }

    /** What is wrong, a line each; all empty is as promised. */
    record Findings(List<String> lost, List<String> doubled, List<String> disordered, List<String> stuck,
                    List<String> mistaken) {

        Findings() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    
    private final Ledger.Promises promises;
    private final Stored stored;
    private final Map<String, List<Arrival>> arrivals;
    private final Findings findings = new Findings();

    private Checker(Ledger.Promises promises, Stored stored, Map<String, List<Arrival>> arrivals) {
        this.promises = promises;
        this.stored = stored;
        this.arrivals = arrivals;
    }

    static Findings check(Ledger.Promises promises, Stored stored, Map<String, List<Arrival>> arrivals) {
        Checker checker = new Checker(promises, stored, arrivals);
        checker.clicksAreStored();
        checker.conversionsAreStored();
        checker.eventsAreCountedOnce();
        checker.statesAreTrue();
        checker.orderIsKept();
        return checker.findings;
    }

    private void clicksAreStored() {
        promises.clicks().forEach((phone, clicks) -> {
            List<String> kept = stored.clicks().getOrDefault(phone, List.of());
            clicks.stream().filter(click -> !kept.contains(click)).forEach(click -> findings.lost.add("click " + click));
            if (!clicks.get(0).equals(stored.firstClicks().get(phone))) {
                findings.mistaken.add("the first click of " + phone + " is " + clicks.get(0) + ", shown is "
                        + stored.firstClicks().get(phone));
            }
            if (kept.size() != Set.copyOf(kept).size()) {
                findings.doubled.add("clicks " + kept);
            }
        });
    }

    private void conversionsAreStored() {
        promises.conversions().values().forEach(events -> events.stream()
                .filter(event -> !stored.conversions().containsKey(event))
                .forEach(event -> findings.lost.add("conversion " + event)));
    }

    private void eventsAreCountedOnce() {
        arrivals.forEach((event, all) -> {
            if (counted(event) > 1) {
                findings.doubled.add(event + " " + all);
            }
            if (!stored.conversions().containsKey(event)) {
                findings.lost.add(event + ", which Meta was told");
            }
        });
    }

    private void statesAreTrue() {
        stored.conversions().forEach((event, conversion) -> {
            boolean isCounted = counted(event) > 0;
            if (conversion.isStuck()) {
                findings.stuck.add(event + " " + conversion.state());
            }
            if (conversion.state().equals(isCounted ? "rejected" : "delivered")) {
                findings.mistaken.add(event + " is " + conversion.state() + ", Meta had " + arrivals.get(event));
            }
        });
    }

    private void orderIsKept() {
        promises.conversions().values().forEach(events -> {
            long last = 0;
            String lastEvent = null;
            for (String event : events) {
                Conversion conversion = stored.conversions().get(event);
                long counted = countedAt(event);
                if (conversion == null || conversion.gaveWay() || counted == 0) {
                    continue;
                }
                if (counted < last) {
                    findings.disordered.add(event + " reached Meta before " + lastEvent);
                }
                last = Math.max(last, counted);
                lastEvent = event;
            }
        });
    }

    private long counted(String event) {
        return arrivals.getOrDefault(event, List.of()).stream().filter(Arrival::counted).count();
    }

    private long countedAt(String event) {
        return arrivals.getOrDefault(event, List.of()).stream().filter(Arrival::counted).mapToLong(Arrival::order)
                .min().orElse(0);
    }
}
