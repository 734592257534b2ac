package io.clickthread.conversion;

import java.util.List;

/** What somebody may decide about a conversion that Meta did not take, or that nobody knows to be taken. */
enum Action {
    /** Send it again, since Meta did not count it. */
    REPLAY("waiting", "replayed", List.of("expired", "rejected"), List.of("expired", "rejected")),
    /** Send it again, though Meta may have counted it. */
    RELEASE("waiting", "released", List.of("unknown"), List.of("unknown")),
    /** Leave it at that. */
    CLOSE("closed", "closed", List.of("expired", "rejected", "unknown", "parked"), List.of("expired", "rejected", "unknown"));

    private final String to;
    private final String event;
    private final List<String> from;
    private final List<String> standard;

    Action(String to, String event, List<String> from, List<String> standard) {
        this.to = to;
        this.event = event;
        this.from = from;
        this.standard = standard;
    }

    /** The state that it leads to. */
    String to() {
        return to;
    }

    /** What the history calls it. */
    String event() {
        return event;
    }

    /** The states in which it may be decided. */
    List<String> from() {
        return from;
    }

    /** The states that are meant if none is named. */
    List<String> standard() {
        return standard;
    }

    /** Why a conversion stands as it does after it; a closed one has the reason of whoever closed it. */
    String reason(String given) {
        return switch (this) {
            case REPLAY -> "It was replayed on request, and is sent again.";
            case RELEASE -> "It was released on request, and is sent again, though Meta may have counted it.";
            case CLOSE -> given;
        };
    }
}
