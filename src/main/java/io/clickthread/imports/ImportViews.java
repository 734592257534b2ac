package io.clickthread.imports;

import io.clickthread.account.Accounts;
import io.clickthread.csv.Dialect;
import io.clickthread.http.ApiResponse;
import io.clickthread.http.Page;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import io.clickthread.store.Sql;
import io.clickthread.system.Settings;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Imports as the API shows them. */
@Component("importViews")
public class ImportViews {

    private static final String PATH = "/api/v1/whatsapp/conversions/imports/";
    private static final int OUTCOMES = 2_000;

    private final Accounts accounts;
    private final JdbcTemplate jdbc;
    private final long maxOutcomes;
    private final String outcomes = Sql.read("list-import-outcomes");

    ImportViews(Accounts accounts, JdbcTemplate jdbc, Settings settings) {
        this.maxOutcomes = settings.imports().maxOutcomes();
        this.accounts = accounts;
        this.jdbc = jdbc;
    }

    /**
     * The answer to an upload.
     *
     * @param row of {@code finish-upload.sql}, or null
     * @return 202 with the import, and where to look for its progress
     * @throws Problem 400 if it took so long that it was given up
     */
    public ApiResponse uploaded(Map<String, Object> row) {
        if (row == null) {
            throw Problem.invalid("upload_broken", null, "The upload stood still for too long; nothing of it was taken. "
                    + "Send the file again.");
        }
        return new ApiResponse(202, Map.of("Location", PATH + row.get("id")), Map.of("import", view(row)));
    }

    /**
     * Which import a request is about.
     *
     * @param request with the path parameter {@code importId}
     * @return the parameters of {@code find-import.sql} and {@code cancel-import.sql}
     */
    public Map<String, Object> find(Request request) {
        return Map.of("id", request.path("importId"));
    }

    /**
     * Looks at what the database answered.
     *
     * @param row of {@code find-import.sql}, or null
     * @return the row
     * @throws Problem 404 if there was none
     */
    public Map<String, Object> found(Map<String, Object> row) {
        if (row == null) {
            throw Problem.notFound("import_not_found",
                    "Import not found. GET /api/v1/whatsapp/conversions/imports?accountId= lists them.");
        }
        return row;
    }

    /**
     * One import.
     *
     * @param row of {@code find-import.sql}
     * @return {@code {import}}
     */
    public Map<String, Object> one(Map<String, Object> row) {
        return Map.of("import", view(row));
    }

    /**
     * The answer to a wish to cancel.
     *
     * @param before of {@code find-import.sql}
     * @param row    of {@code cancel-import.sql}, or null
     * @return {@code {import}}; it ends after the slice that is being read
     * @throws Problem 409 if it is still uploaded or has ended
     */
    public Map<String, Object> cancelled(Map<String, Object> before, Map<String, Object> row) {
        if (row == null) {
            throw Problem.of(409, "invalid_request_error", "import_not_running",
                    "Only a running import can be cancelled; this one is '" + before.get("state") + "'.");
        }
        return one(row);
    }

    /**
     * The result of an import, to be downloaded.
     *
     * @param row of {@code find-import.sql}
     * @return CSV with every row that was not taken so far, and why
     */
    public ApiResponse result(Map<String, Object> row) {
        String id = Rows.text(row, "id");
        return new ApiResponse(200, Map.of("Content-Type", "text/csv;charset=UTF-8", "Content-Disposition",
                "attachment; filename=\"import-" + id + ".csv\""),
                new ImportResultCsv(line -> jdbc.queryForList(outcomes, id, line, OUTCOMES), unlisted(row)));
    }

    /**
     * Which page of the list a request wants.
     *
     * @param request with {@code accountId}, {@code limit} (1 to 100, else 50) and {@code cursor}
     * @return the page to read
     * @throws Problem 400 without an account id, 404 for an unknown account
     */
    public Page page(Request request) {
        if (request.query("accountId") == null) {
            throw Problem.invalid("missing_required_field", "accountId", "'accountId' is required.");
        }
        return Page.of(request, 50, 100, Map.of("accountId", accounts.connected(request.query("accountId")).id()));
    }

    /**
     * A page as JSON.
     *
     * @param page what was asked for
     * @param rows of {@code list-imports.sql}
     * @return {@code {imports, pagination}}
     */
    public Map<String, Object> list(Page page, List<Map<String, Object>> rows) {
        return Map.of("imports", page.rows(rows).stream().map(this::view).toList(),
                "pagination", page.pagination(rows, "created_at"));
    }

    /** How the file is read, for whoever wonders about an amount or a time. */
    private static Map<String, Object> format(Dialect dialect) {
        Map<String, Object> format = new LinkedHashMap<>();
        format.put("encoding", dialect.encoding());
        format.put("delimiter", dialect.delimiter());
        format.put("decimalSign", dialect.decimalSign());
        format.put("dateOrder", dialect.dateOrder());
        format.put("timezone", dialect.timezone());
        format.put("country", dialect.country());
        format.values().removeIf(Objects::isNull);
        return format;
    }

    private Map<String, Object> view(Map<String, Object> row) {
        String state = Rows.text(row, "state");
        long bytes = ((Number) row.get("bytes")).longValue();
        long position = ((Number) row.get("position")).longValue();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("_id", row.get("id"));
        view.put("accountId", row.get("account_id"));
        view.put("state", state.equals("running") && row.get("cancelled_at") != null ? "cancelling" : state);
        view.put("dryRun", row.get("dry_run"));
        view.put("bytes", bytes);
        view.put("percent", bytes == 0 ? 0 : position * 100 / bytes);
        view.put("rows", row.get("rows"));
        view.put("accepted", row.get("accepted"));
        view.put("repeated", row.get("repeated"));
        view.put("refused", row.get("refused"));
        view.put("unlisted", unlisted(row) == 0 ? null : unlisted(row));
        view.put("reason", row.get("reason"));
        view.put("sha256", row.get("sha256") == null ? null : HexFormat.of().formatHex((byte[]) row.get("sha256")));
        view.put("sameFileAs", row.get("same_as"));
        if (!state.equals("uploading")) {
            Dialect dialect = Dialect.of(Rows.text(row, "dialect"), Rows.text(row, "header"));
            view.put("format", format(dialect));
            view.put("ignoredColumns", dialect.ignored());
        }
        view.put("createdAt", Rows.iso(row, "created_at"));
        view.put("startedAt", Rows.iso(row, "started_at"));
        view.put("endedAt", Rows.iso(row, "ended_at"));
        view.values().removeIf(Objects::isNull);
        return view;
    }

    /** How many outcomes are counted and not kept. */
    private long unlisted(Map<String, Object> row) {
        long told = (boolean) row.get("dry_run") ? number(row, "rows") : number(row, "repeated") + number(row, "refused");
        return Math.max(0, told - maxOutcomes);
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }
}
