package io.clickthread.conversion;

import io.clickthread.account.Accounts;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The destinations of an account: an account, a dataset and a test code to which conversions are sent. */
@Component("destinations")
public class Destinations {

    private final Accounts accounts;

    Destinations(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Which account a request means.
     *
     * @param request with the path parameter {@code accountId}
     * @return the parameters of {@code resume-destinations.sql} and {@code list-destinations.sql}
     * @throws Problem 404 for an unknown or disconnected account
     */
    public Map<String, Object> account(Request request) {
        return Map.of("accountId", accounts.connected(request.path("accountId")).id());
    }

    /**
     * The destinations as JSON.
     *
     * @param account what {@link #account} made
     * @param rows    of {@code list-destinations.sql}
     * @return {@code {accountId, destinations: [{datasetId, testCode?, state, reason, since, nextAttemptAt, queued,
     *         oldestQueuedAt}]}}; no destination before the first conversion
     */
    public Map<String, Object> view(Map<String, Object> account, List<Map<String, Object>> rows) {
        Map<String, Object> view = new LinkedHashMap<>(account);
        view.put("destinations", rows.stream().map(Destinations::destination).toList());
        return view;
    }

    private static Map<String, Object> destination(Map<String, Object> row) {
        Map<String, Object> destination = new LinkedHashMap<>();
        destination.put("datasetId", row.get("dataset_id"));
        if (!Rows.text(row, "test_code").isEmpty()) {
            destination.put("testCode", row.get("test_code"));
        }
        destination.put("state", row.get("state"));
        destination.put("reason", row.get("reason"));
        destination.put("since", Rows.iso(row, "since"));
        destination.put("nextAttemptAt", Rows.iso(row, "retry_at"));
        destination.put("queued", row.get("queued"));
        destination.put("oldestQueuedAt", Rows.iso(row, "oldest"));
        return destination;
    }
}
