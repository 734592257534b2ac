package io.clickthread.system;

import java.util.List;

/** What the server was given is not good enough to start with: a setting, the database, a key, a route, a port. */
public final class StartupRefused extends RuntimeException {

    private final transient List<String> faults;

    /**
     * Refuses for one reason.
     *
     * @param fault a sentence that says what is wrong, where, and what to do; without any secret
     */
    public StartupRefused(String fault) {
        this(List.of(fault));
    }

    /**
     * Refuses for several reasons.
     *
     * @param faults a sentence each, as above; at least one
     */
    public StartupRefused(List<String> faults) {
        super("Clickthread does not start: " + String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /**
     * What is missing or wrong.
     *
     * @return a sentence each, without any setting's value
     */
    public List<String> faults() {
        return faults;
    }
}
