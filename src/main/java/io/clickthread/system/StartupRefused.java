package io.clickthread.system;

import java.util.List;

/** The settings are not good enough to start. */
public final class StartupRefused extends RuntimeException {

    private final transient List<String> faults;
    private final String advice;

    /**
     * Refuses for something else than a setting.
     *
     * @param fault  a sentence without any setting's value
     * @param advice what to do
     */
    public StartupRefused(String fault, String advice) {
        super(fault);
        this.faults = List.of(fault);
        this.advice = advice;
    }

    StartupRefused(List<String> faults) {
        super("Clickthread does not start: " + String.join("; ", faults));
        this.faults = faults;
        this.advice = null;
    }

    /**
     * What to do.
     *
     * @return a sentence; null if settings are to be mended
     */
    public String advice() {
        return advice;
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
