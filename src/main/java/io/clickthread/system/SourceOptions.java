package io.clickthread.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The settings of sources whose names only route files know, by convention: {@code clickthread.sources.<name>.<option>}, which is
 * the variable {@code CLICKTHREAD_SOURCES_<NAME>_<OPTION>}.
 */
@Component
public class SourceOptions {

    private static final String PREFIX = "clickthread.sources.";
    private static final String ENABLED = "enabled";

    private final Environment environment;

    /**
     * The settings of a start.
     *
     * @param environment has them
     */
    public SourceOptions(Environment environment) {
        this.environment = environment;
    }

    /**
     * One setting.
     *
     * @param source the source's name
     * @param option the setting's, for example {@code account-id}
     * @return what is set without the blanks around it, or null
     */
    public String get(String source, String option) {
        String set = environment.getProperty(PREFIX + source + "." + option);
        return set == null || set.isBlank() ? null : set.strip();
    }

    /**
     * How long conversions of a source wait for the click of their contact.
     *
     * @param source the source's name
     * @return null if they are refused without a click
     */
    public Duration waitForClick(String source) {
        String set = get(source, "wait-for-click");
        return set == null ? null : SourceSettings.waitForClick(set);
    }

    /**
     * What is wrong with the settings of a source.
     *
     * @param source   the source's name
     * @param required the settings that it cannot do without
     * @param file     the route file that brings the source, for the sentence
     * @return a sentence each that begins with the variable and tells no value; none for a source that is off
     */
    public List<String> faults(String source, List<String> required, String file) {
        List<String> faults = new ArrayList<>();
        String enabled = get(source, ENABLED);
        if (enabled != null && !enabled.matches("(?i)true|false")) {
            faults.add(variable(source, ENABLED) + " must be true or false");
        }
        if (!Boolean.parseBoolean(enabled)) {
            return faults;
        }
        required.stream().filter(option -> get(source, option) == null).forEach(option -> faults.add(variable(source, option)
                + " is missing: the source of " + file + " is switched on and needs it" + meaning(option)));
        String secret = get(source, "secret");
        if (secret != null && required.contains("secret") && !Secrets.areGood(secret)) {
            faults.add(variable(source, "secret") + " is too short: each secret needs " + Secrets.SHORTEST + " characters or more");
        }
        try {
            waitForClick(source);
        } catch (IllegalArgumentException e) {
            faults.add(variable(source, "wait-for-click") + " must be true, false or a duration such as 2d");
        }
        return faults;
    }

    /**
     * Which sources are switched on that nothing brings, because a name is misspelt or a file is missing.
     *
     * @param known the names of all sources there are
     * @return a sentence for each that begins with the variable
     */
    public List<String> unknown(Collection<String> known) {
        Set<String> plain = known.stream().map(SourceOptions::plain).collect(Collectors.toSet());
        List<String> faults = new ArrayList<>();
        Binder.get(environment).bind("clickthread.sources", Bindable.mapOf(String.class, Object.class))
                .ifBound(set -> switchedOn("", set, name -> {
                    if (!plain.contains(plain(name))) {
                        faults.add(variable(name, ENABLED) + " is true, but no route file brings a source of this name: correct the name, "
                                + "or bring its file");
                    }
                }));
        return faults;
    }

    /** A variable does not tell a hyphen of a name from a dot between names. */
    private static String plain(String name) {
        return name.replaceAll("[.-]", "").toLowerCase(Locale.ROOT);
    }

    private static void switchedOn(String name, Map<?, ?> settings, Consumer<String> found) {
        settings.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                switchedOn(name.isEmpty() ? key.toString() : name + "." + key, inner, found);
            } else if (key.toString().equals(ENABLED) && String.valueOf(value).strip().equalsIgnoreCase("true")) {
                found.accept(name);
            }
        });
    }

    /**
     * The environment variable of a setting.
     *
     * @param source the source's name
     * @param option the setting's
     * @return such as {@code CLICKTHREAD_SOURCES_SHOPIFY_SECRET}
     */
    public static String variable(String source, String option) {
        return (PREFIX + source + "." + option).toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String meaning(String option) {
        return switch (option) {
            case "secret" -> " to know its sender";
            case "account-id" -> ", the id of the account that its conversions belong to";
            default -> "";
        };
    }
}
