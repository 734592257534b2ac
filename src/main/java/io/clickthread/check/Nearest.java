package io.clickthread.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody probably meant. */
public final class Nearest {

    private static final int ENOUGH = 4; // letters by which a longer name is meant

    private Nearest() {
    }

    /**
     * What to write instead of a name.
     *
     * @param name      what stands there
     * @param known     what could
     * @param otherwise what to say if none of these is like it and they are too many to list
     * @return an order: the one like it, or all there are, or what to do otherwise
     */
    public static String advice(String name, Collection<String> known, String otherwise) {
        return like(name, known).map(near -> "write " + near).orElse(known.isEmpty() || known.size() > 8 ? otherwise
                : "write one of " + String.join(", ", known.stream().sorted().toList()));
    }

    /** The known name that differs least, if it differs by no more than a third of its letters; else one that goes on so. */
    static Optional<String> like(String name, Collection<String> known) {
        return known.stream().min(Comparator.<String>comparingInt(other -> distance(name, other))
                .thenComparing(Comparator.naturalOrder()))
                .filter(near -> distance(name, near) <= Math.max(2, name.length() / 3))
                .or(() -> known.stream().filter(longer -> name.length() >= ENOUGH && longer.startsWith(name))
                        .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder())));
    }

    /** Levenshtein's distance, capitals apart. */
    private static int distance(String one, String two) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = two.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int above = row[j];
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1),
                        diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1));
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
