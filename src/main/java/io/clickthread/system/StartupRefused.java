package io.clickthread.system;

import java.util.List;

/** The settings are not good enough to start. */
public final class StartupRefused extends RuntimeException {

    private final transient List<String> faults;

    StartupRefused(List<String> faults) {
        super("Clickthread does not start: " + String.join("; ", faults));
        this.faults = faults;
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
