package io.clickthread.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The conversions that ended as unknown, by what became of them: Meta knows which arrived. One that never left is the price
 * of a kill between the claim and the call; one of a process that lived on is a fault, because it knew that it never sent it.
 *
 * @param arrived  they reached Meta, or a call for them was made that may have reached it
 * @param ofKilled they never left, and the process that had them was killed
 * @param ofLiving they never left, and the process that had them runs to this day; a line each
 */
record Unknowns(int arrived, int ofKilled, List<String> ofLiving) {

    /**
     * Sorts them.
     *
     * @param unknown by event id: the claim that it was given up under, or null if a call of it is in its history
     * @param arrived the events that reached Meta
     * @param living  the middle of each id that a living process makes, which is its own
     */
    static Unknowns of(Map<String, String> unknown, Set<String> arrived, Set<String> living) {
        int known = 0;
        int killed = 0;
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, String> one : unknown.entrySet()) {
            if (one.getValue() == null || arrived.contains(one.getKey())) {
                known++;
            } else if (living.contains(process(one.getValue()))) {
                faults.add(one.getKey() + " never left, and the process of its claim " + one.getValue() + " lives");
            } else {
                killed++;
            }
        }
        return new Unknowns(known, killed, faults);
    }

    /** What an id says of the process that made it. */
    static String process(String id) {
        return id.substring(8, 18);
    }

    int all() {
        return arrived + ofKilled + ofLiving.size();
    }
}
