package io.clickthread.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;

/** All that a bundle of route files must have to run; the first thing that is missing would show with the first message. */
public final class RouteCheck {

    private static final List<BiFunction<List<RouteFile>, Surroundings, List<Fault>>> CHECKS = List.of(
            Ids::unique, Ids::complete, Policies::exist, Templates::exist, SourceUse::areGood, Targets::exist, BeanCalls::exist,
            Statements::exist, Statements::takeTheirParameters, Placeholders::areSet, Expressions::find);

    private RouteCheck() {
    }

    /**
     * Looks at route files.
     *
     * @param files  all that are loaded together
     * @param around what they may name besides each other
     * @return what is wrong, by file and line; none if nothing is
     */
    public static List<Fault> faults(List<RouteFile> files, Surroundings around) {
        List<Fault> faults = new ArrayList<>();
        CHECKS.forEach(check -> faults.addAll(check.apply(files, around)));
        faults.sort(Comparator.comparing(Fault::file).thenComparing(Fault::line));
        return faults;
    }
}
