package io.clickthread.conversion;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.account.Account;
import io.clickthread.account.Accounts;
import io.clickthread.http.Problem;
import io.clickthread.system.Ids;
import io.clickthread.system.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Completes requests with their account to the parameters of {@code accept-conversions.sql}. */
@Component
class IntakeRows {

    /** What no column is made of: the names of the fields that were not read. */
    static final String IGNORED = "ignored";

    private final ObjectMapper mapper;
    private final Accounts accounts;
    private final Settings settings;
    private final Clock clock;

    IntakeRows(ObjectMapper mapper, Accounts accounts, Settings settings, Clock clock) {
        this.mapper = mapper;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A request that fits the schema as a row.
     *
     * @throws Problem 404 for an unknown account, 422 for one without a dataset
     */
    Map<String, Object> of(ConversionRequest wanted, Preferences preferences) {
        Account account = accounts.connected(wanted.accountId());
        if (account.datasetId() == null) {
            throw Problem.unprocessable("dataset_not_configured", "The account's dataset ID is not configured: call "
                    + "POST /api/v1/whatsapp/dataset, or set metadata.metaCapiDatasetId.");
        }
        Map<String, Object> row = new HashMap<>();
        row.put("id", Ids.next());
        row.put("accountId", account.id());
        row.put("conversationId", wanted.conversationId());
        row.put("phone", wanted.phone());
        row.put("aliases", mapper.valueToTree(wanted.aliases()).toString());
        row.put("lastClick", settings.conversions().click() == Settings.ClickChoice.LAST_CLICK);
        row.put("datasetId", account.datasetId());
        row.put("wabaId", account.wabaId());
        row.put("eventName", wanted.eventName());
        row.put("eventId", wanted.eventId());
        row.put("eventTime", wanted.eventTime());
        row.put("givenTime", wanted.givenTime());
        row.put("customData", wanted.customData());
        row.put(IGNORED, wanted.ignored());
        row.put("value", wanted.value());
        row.put("currency", wanted.currency());
        row.put("contentIds", Conversion.json(wanted.contentIds()));
        row.put("emailHash", wanted.emailHash());
        row.put("externalIdHash", wanted.externalIdHash());
        row.put("testCode", wanted.testCode());
        row.put("leaseMillis", preferences.async() ? null : settings.delivery().lease().toMillis());
        row.put("parkMillis", preferences.waitForClick() == null ? null
                : preferences.waitForClick().compareTo(life(wanted)) < 0 ? preferences.waitForClick().toMillis()
                        : life(wanted).toMillis());
        return row;
    }

    /** How long Meta takes the event, with time left to send it. */
    private Duration life(ConversionRequest wanted) {
        Instant end = Instant.ofEpochSecond(wanted.eventTime()).plus(settings.conversions().maxAge())
                .minus(settings.delivery().lastTry());
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
