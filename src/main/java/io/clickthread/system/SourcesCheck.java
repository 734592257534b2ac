package io.clickthread.system;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/** What a source needs once it is switched on; without a secret anybody could report sales. */
final class SourcesCheck {

    private final List<String> faults = new ArrayList<>();

    private SourcesCheck() {
    }

    /** What is missing, a sentence each that begins with the variable. */
    static List<String> faults(ConfigurableEnvironment environment) {
        SourcesCheck check = new SourcesCheck();
        check.look(Binder.get(environment).bindOrCreate("clickthread.sources", SourceSettings.class));
        return check.faults;
    }

    private void look(SourceSettings sources) {
        requireWait(sources.kafka().waitForClick(), "KAFKA");
        requireWait(sources.csvFolder().waitForClick(), "CSV_FOLDER");
        requireWait(sources.chatwoot().waitForClick(), "CHATWOOT");
        sources.webhook().of().forEach((name, sender) -> requireWait(sender.waitForClick(), "WEBHOOK_OF_" + variable(name)));
        if (sources.kafka().enabled()) {
            require(sources.kafka().brokers(), "KAFKA_BROKERS", "host:port of the brokers, separated by commas");
            require(sources.kafka().topic(), "KAFKA_TOPIC", "the topic that conversions come from");
        }
        if (sources.csvFolder().enabled()) {
            require(sources.csvFolder().path(), "CSV_FOLDER_PATH", "the folder to watch for CSV files");
            check(sources.csvFolder().timezone(), ZoneId.getAvailableZoneIds(), "CSV_FOLDER_TIMEZONE must be a name of the IANA "
                    + "database, for example America/Sao_Paulo");
            check(sources.csvFolder().country(), Set.of(Locale.getISOCountries()), "CSV_FOLDER_COUNTRY must be two capital "
                    + "letters of ISO 3166, for example BR");
        }
        if (sources.chatwoot().enabled()) {
            requireSecret(sources.chatwoot().secret(), "CHATWOOT_SECRET", "the secret of Chatwoot's webhook");
            require(sources.chatwoot().accountId(), "CHATWOOT_ACCOUNT_ID", "the account of its conversations");
            if (!sources.chatwoot().labels().stream().allMatch(label -> label.matches("[^=]+=[^=]+"))) {
                faults.add("CLICKTHREAD_SOURCES_CHATWOOT_LABELS must be like lead=LeadSubmitted,won=Purchase");
            }
        }
        if (sources.webhook().enabled()) {
            Map<String, SourceSettings.Sender> senders = sources.webhook().of();
            if (senders.isEmpty()) {
                require(null, "WEBHOOK_OF_<NAME>_SECRET", "what the sender <NAME> signs its webhooks with");
            }
            senders.forEach((name, sender) -> requireSecret(sender.secret(),
                    "WEBHOOK_OF_" + variable(name) + "_SECRET", "it signs the webhooks"));
        }
    }

    private void check(String value, Set<String> known, String rule) {
        if (value != null && !value.isBlank() && !known.contains(value)) {
            faults.add("CLICKTHREAD_SOURCES_" + rule);
        }
    }

    private void requireWait(String set, String source) {
        try {
            SourceSettings.waitForClick(set);
        } catch (IllegalArgumentException e) {
            faults.add("CLICKTHREAD_SOURCES_" + source + "_WAIT_FOR_CLICK must be true, false or a duration such as 2d");
        }
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private void requireSecret(String value, String variable, String meaning) {
        require(value, variable, meaning);
        if (value != null && !value.isBlank() && !Secrets.areGood(value)) {
            faults.add("CLICKTHREAD_SOURCES_" + variable + " is too short: each secret needs " + Secrets.SHORTEST
                    + " characters or more");
        }
    }

    private void require(String value, String variable, String meaning) {
        if (value == null || value.isBlank()) {
            faults.add("CLICKTHREAD_SOURCES_" + variable + " is missing: " + meaning);
        }
    }
}
