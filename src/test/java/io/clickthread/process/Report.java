package io.clickthread.process;

import io.clickthread.process.MetaStandIn.Arrival;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a run of the crash ledger came to, for people. */
record Report(long seed, int cycles, Duration took, Map<String, Integer> faults, List<Instance> instances,
              Ledger.Promises promises, Traffic traffic, Map<String, Integer> states, MetaStandIn meta,
              Checker.Findings findings, Unknowns unknowns) {

    private static final int EXAMPLES = 5;

    @Override
    public String toString() {
        long arrived = meta.arrivals().values().stream().mapToLong(Collection::size).sum();
        long counted = meta.arrivals().values().stream().flatMap(Collection::stream).filter(Arrival::counted).count();
        return """

                Crash ledger: %d cycles in %d s, seed %d
                  faults        %s, starts again after ending by itself %d
                  acknowledged  clicks %d, conversions %d; sent again without an answer %d, on purpose %d
                  stored        %s
                  Meta          calls %d, events arrived %d, counted %d
                  unknown       %d: arrived or called for %d, never left and killed on the way %d, never left and still running %d
                  findings      lost %d, doubled %d, out of order %d, stuck %d, mistaken %d
                %s""".formatted(cycles, took.toSeconds(), seed, plain(faults),
                instances.stream().mapToInt(Instance::revivals).sum(), sum(promises.clicks()), sum(promises.conversions()),
                traffic.repeated(), traffic.duplicates(), plain(states), meta.calls(), arrived, counted,
                unknowns.all(), unknowns.arrived(), unknowns.ofKilled(), unknowns.ofLiving().size(),
                findings.lost().size(), findings.doubled().size(), findings.disordered().size(), findings.stuck().size(),
                findings.mistaken().size(), examples(findings.lost()) + examples(findings.doubled())
                        + examples(findings.disordered()) + examples(findings.stuck()) + examples(findings.mistaken())
                        + examples(unknowns.ofLiving()));
    }

    private static int sum(Map<String, List<String>> lists) {
        return lists.values().stream().mapToInt(List::size).sum();
    }

    private static String plain(Map<String, Integer> counts) {
        return counts.toString().replaceAll("[{}]", "").replace('=', ' ');
    }

    private static String examples(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.stream().limit(EXAMPLES).forEach(line -> text.append("    ").append(line).append('\n'));
        return text.toString();
    }
}
