package io.clickthread.capture;

import io.clickthread.account.Accounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Decides what of a webhook must be recorded. */
@Component("ingest")
public class Ingest {

    private final Accounts accounts;
    private final KnownContacts known;

    Ingest(Accounts accounts, KnownContacts known) {
        this.accounts = accounts;
        this.known = known;
    }

    /**
     * Sorts a webhook's messages: clicks and new contacts are recorded, organic messages of known contacts are dropped,
     * messages of numbers that no account is connected for make the webhook kept.
     *
     * @param webhook what came in
     * @return what to do with it
     */
    public Intake sort(InboundWebhook webhook) {
        List<Sighting> sightings = new ArrayList<>();
        Map<String, String> accountOf = new HashMap<>(2);
        boolean stranger = false;
        for (InboundMessage message : webhook.messages()) {
            String accountId = accountOf.computeIfAbsent(message.channel(),
                    number -> java.util.Objects.requireNonNullElse(accounts.idOfPhoneNumber(number), ""));
            if (accountId.isEmpty()) {
                stranger = true;
            } else if (message.referral() != null || message.moved() || !known.has(accountId, message.aliases())) {
                sightings.add(new Sighting(accountId, message));
            }
        }
        String reason = webhook.unreadable() != null ? webhook.unreadable()
                : stranger ? "It names a phone number id that no connected account has." : null;
        return new Intake(webhook, sightings, List.of(), reason);
    }
}
