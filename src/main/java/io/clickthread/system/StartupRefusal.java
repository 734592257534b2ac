package io.clickthread.system;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints why the start was refused, without a stack trace. */
class StartupRefusal extends AbstractFailureAnalyzer<StartupRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable root, StartupRefused refused) {
        if (refused.advice() != null) {
            return new FailureAnalysis(refused.getMessage(), refused.advice(), refused);
        }
        return new FailureAnalysis("Settings are missing or wrong:\n\n  " + String.join("\n  ", refused.faults()),
                "Set them in the environment. To try Clickthread without any, run: mvn spring-boot:run", refused);
    }
}
