package io.clickthread.conversion;

import io.clickthread.account.Accounts;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How delivery stands for an account, and how it is resumed. */
@Component("lanes")
public class Lanes {

    private final Accounts accounts;

    Lanes(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Which account a request means.
     *
     * @param request with the path parameter {@code accountId}
     * @return the parameters of {@code resume-lanes.sql} and {@code list-lanes.sql}
     * @throws Problem 404 for an unknown or disconnected account
     */
    public Map<String, Object> account(Request request) {
        return Map.of("accountId", accounts.connected(request.path("accountId")).id());
    }

    /**
     * The lanes as JSON.
     *
     * @param account what {@link #account} made
     * @param rows    of {@code list-lanes.sql}
     * @return {@code {accountId, lanes: [{datasetId, testCode?, state, reason, since, nextAttemptAt, queued, oldestQueuedAt}]}}; no lane
     *         before the first conversion
     */
    public Map<String, Object> view(Map<String, Object> account, List<Map<String, Object>> rows) {
        Map<String, Object> view = new LinkedHashMap<>(account);
        view.put("lanes", rows.stream().map(Lanes::lane).toList());
        return view;
    }

    private static Map<String, Object> lane(Map<String, Object> row) {
        Map<String, Object> lane = new LinkedHashMap<>();
        lane.put("datasetId", row.get("dataset_id"));
        if (!Rows.text(row, "test_code").isEmpty()) {
            lane.put("testCode", row.get("test_code"));
        }
        lane.put("state", row.get("state"));
        lane.put("reason", row.get("reason"));
        lane.put("since", Rows.iso(row, "since"));
        lane.put("nextAttemptAt", Rows.iso(row, "opens_at"));
        lane.put("queued", row.get("queued"));
        lane.put("oldestQueuedAt", Rows.iso(row, "oldest"));
        return lane;
    }
}
