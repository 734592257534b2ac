package io.clickthread.conversion;

import io.clickthread.system.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Which conversions are sent again when it is not known whether Meta counted them: none, unless the settings say so. */
@Component
class UnknownPolicy {

    private final Set<String> resent = new TreeSet<>();

    UnknownPolicy(Settings settings) {
        for (String name : settings.conversions().eventNames()) {
            Settings.Unknown policy = settings.delivery().unknownOf().entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name)).map(java.util.Map.Entry::getValue)
                    .findFirst().orElse(settings.delivery().unknown());
            if (policy == Settings.Unknown.RESEND) {
                resent.add(name.toLowerCase(Locale.ROOT));
            }
        }
    }

    boolean isResent(String eventName) {
        return resent.contains(eventName.toLowerCase(Locale.ROOT));
    }

    /** The event names that are sent again, in lower case. */
    List<String> resent() {
        return List.copyOf(resent);
    }
}
