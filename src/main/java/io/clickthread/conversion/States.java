package io.clickthread.conversion;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The states of a conversion, and the words that the API has for them. */
final class States {

    /** Not judged by Meta yet; shown as one word, since callers need not know how delivery works. */
    private static final Set<String> QUEUED = Set.of("parked", "pending", "sending", "waiting");
    /** What {@code status} may be in the API. */
    static final List<String> SHOWN = List.of("queued", "delivered", "rejected", "unknown", "expired", "closed");

    private States() {
    }

    /** The API's word for a stored state. */
    static String shown(String state) {
        return QUEUED.contains(state) ? "queued" : state;
    }

    /** The stored states that an API word stands for. */
    static String[] stored(String shown) {
        return shown.equals("queued") ? Arrays.copyOf(QUEUED.toArray(), QUEUED.size(), String[].class)
                : new String[] {shown};
    }
}
