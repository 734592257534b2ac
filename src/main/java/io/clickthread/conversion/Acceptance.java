package io.clickthread.conversion;

import static java.util.Map.entry;

import io.clickthread.account.Account;
import io.clickthread.account.Accounts;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.system.Ids;
import io.clickthread.system.Settings;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Takes a conversion: from the request to a durable row, or the reason why not. */
@Component("acceptance")
public class Acceptance {

    /** Parameters of the statement that are columns as they are. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            entry("accountId", "account_id"), entry("datasetId", "dataset_id"), entry("wabaId", "waba_id"),
            entry("eventName", "event_name"), entry("eventId", "event_id"), entry("value", "value"),
            entry("currency", "currency"), entry("contentIds", "content_ids"), entry("emailHash", "email_hash"),
            entry("externalIdHash", "external_id_hash"), entry("testCode", "test_code"), entry("attempts", "attempts"));

    private final ConversionRequests requests;
    private final Accounts accounts;
    private final Settings settings;
    private final Clock clock;

    Acceptance(ConversionRequests requests, Accounts accounts, Settings settings, Clock clock) {
        this.requests = requests;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Reads a request and completes it with its account.
     *
     * @param request the request
     * @return the parameters of {@code accept-conversions.sql}
     * @throws Problem 400 for a body that breaks the schema, 404 for an unknown account, 422 without a dataset
     */
    public Map<String, Object> read(Request request) {
        ConversionRequest wanted = requests.read(request);
        Account account = accounts.connected(wanted.accountId());
        if (account.datasetId() == null) {
            throw Problem.unprocessable("dataset_not_configured", "The account's dataset ID is not configured: call "
                    + "POST /api/v1/whatsapp/dataset, or set metadata.metaCapiDatasetId.");
        }
        boolean byId = wanted.conversationId() != null;
        Map<String, Object> row = new HashMap<>();
        row.put("id", Ids.next());
        row.put("accountId", account.id());
        row.put("conversationId", wanted.conversationId());
        row.put("aliasKind", byId ? "conversation" : "phone"); // a merged conversation goes on under its old id
        row.put("aliasValue", byId ? wanted.conversationId() : wanted.phone());
        row.put("lastClick", settings.conversions().click() == Settings.ClickChoice.LAST_CLICK);
        row.put("datasetId", account.datasetId());
        row.put("wabaId", account.wabaId());
        row.put("eventName", wanted.eventName());
        row.put("eventId", wanted.eventId());
        row.put("eventTime", wanted.eventTime());
        row.put("value", wanted.value());
        row.put("currency", wanted.currency());
        row.put("contentIds", Conversion.json(wanted.contentIds()));
        row.put("emailHash", wanted.emailHash());
        row.put("externalIdHash", wanted.externalIdHash());
        row.put("testCode", wanted.testCode());
        row.put("state", wanted.async() ? "pending" : "sending");
        row.put("dueInMillis", wanted.async() ? 0L : settings.delivery().lease().toMillis());
        row.put("attempts", wanted.async() ? 0 : 1);
        return row;
    }

    /**
     * Looks at what the database answered.
     *
     * @param parameters what {@link #read} made
     * @param row        of {@code accept-conversions.sql}
     * @return the accepted conversion, or null if the same event was taken before
     * @throws Problem 404 for an unknown conversation, 422 for one without a click id
     */
    public Conversion decide(Map<String, Object> parameters, Map<String, Object> row) {
        boolean byPhone = parameters.get("conversationId") == null;
        if (row.get("conversation_id") == null) {
            throw Problem.notFound("conversation_not_found", byPhone
                    ? "No CTWA-attributed conversation found for this phone number: no message of it was captured."
                    : "Conversation not found. GET /api/v1/inbox/conversations lists them.");
        }
        if (row.get("ctwa_clid") == null) {
            throw Problem.unprocessable("no_ctwa_clid", (byPhone
                    ? "No CTWA-attributed conversation found for this phone number: " : "")
                    + "The resolved conversation has no captured ctwa_clid, so Meta could attribute nothing. "
                    + "It did not originate from a Click-to-WhatsApp ad, or its ad carries no click id.");
        }
        if (row.get("accepted_id") == null) {
            return null;
        }
        Map<String, Object> stored = new HashMap<>();
        stored.put("id", row.get("accepted_id"));
        stored.put("conversation_id", row.get("conversation_id"));
        stored.put("ctwa_clid", row.get("ctwa_clid"));
        COLUMNS.forEach((parameter, column) -> stored.put(column, parameters.get(parameter)));
        stored.put("event_time", Timestamp.from(Instant.ofEpochSecond((long) parameters.get("eventTime"))));
        stored.put("created_at", Timestamp.from(clock.instant()));
        return Conversion.of(stored);
    }
}
