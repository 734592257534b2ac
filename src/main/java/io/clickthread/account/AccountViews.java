package io.clickthread.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.contact.Countries;
import io.clickthread.http.JsonFields;
import io.clickthread.http.Page;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The list of accounts, and what may be changed of one. */
@Component("accountViews")
public class AccountViews {

    private static final int ALL = 10_000;
    private static final Pattern AUTOMATIC_EVENTS = Pattern.compile("record|report|ignore");

    private final ObjectMapper mapper;
    private final Accounts accounts;

    AccountViews(ObjectMapper mapper, Accounts accounts) {
        this.mapper = mapper;
        this.accounts = accounts;
    }

    /**
     * Which accounts a request wants.
     *
     * @param request with {@code profileId}, {@code platform}, {@code status} (else the connected ones), and
     *                {@code page} with {@code limit}
     * @return the parameters of {@code list-accounts.sql}
     * @throws Problem 400 for a page without a limit or a limit without a page, or an unknown status
     */
    public Map<String, Object> filter(Request request) {
        String status = request.query("status");
        if (status != null && !status.equals("connected") && !status.equals("disconnected")) {
            throw Problem.invalid("invalid_field_value", "status", "'status' must be 'connected' or 'disconnected'.");
        }
        if ((request.query("page") == null) != (request.query("limit") == null)) {
            throw Problem.invalid("invalid_field_value", "page", "Send 'page' and 'limit' together, or neither.");
        }
        String platform = request.query("platform");
        int limit = Page.number(request, "limit", ALL, 100);
        int page = Page.number(request, "page", 1, 1_000_000);
        Map<String, Object> parameters = new HashMap<>();
        boolean other = platform != null && !platform.equals("whatsapp"); // no account has an empty profile
        parameters.put("profileId", other ? "" : request.query("profileId"));
        parameters.put("status", status == null ? "connected" : status);
        parameters.put("limit", limit);
        parameters.put("offset", (long) (page - 1) * limit);
        parameters.put("page", request.query("page") == null ? null : page);
        return parameters;
    }

    /**
     * The list as JSON.
     *
     * @param filter what {@link #filter} made
     * @param rows   of {@code list-accounts.sql}
     * @return {@code {accounts, hasAnalyticsAccess, pagination?}}
     */
    public Map<String, Object> list(Map<String, Object> filter, List<Map<String, Object>> rows) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("accounts", rows.stream().filter(row -> row.get("id") != null)
                .map(Account::of).map(AccountView::of).toList());
        answer.put("hasAnalyticsAccess", false);
        if (filter.get("page") != null) {
            long total = ((Number) rows.get(0).get("total")).longValue();
            int limit = (int) filter.get("limit");
            answer.put("pagination", Map.of("page", filter.get("page"), "limit", limit, "total", total,
                    "pages", (total + limit - 1) / limit));
        }
        return answer;
    }

    /**
     * What a request changes of an account.
     *
     * @param request with {@code {username?, displayName?, metadata?: {metaCapiDatasetId?, automaticEvents?,
     *                defaultCountry?, timezone?}}}; {@code null} removes one of the last two
     * @return the parameters of {@code update-account.sql}
     * @throws Problem 404 for an unknown account, 400 for a body that breaks the schema or changes nothing
     */
    public Map<String, Object> change(Request request) {
        Account account = accounts.connected(request.path("accountId"));
        JsonNode body = request.json(mapper);
        JsonFields fields = new JsonFields(body);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", account.id());
        parameters.put("username", fields.optional("username", 100));
        parameters.put("displayName", fields.optional("displayName", 100));
        parameters.put("datasetId", null);
        parameters.put("automaticEvents", null);
        parameters.put("defaultCountry", null);
        parameters.put("timezone", null);
        parameters.put("noCountry", null);
        parameters.put("noTimezone", null);
        if (fields.has("xCapabilities")) {
            fields.fault("xCapabilities", "'xCapabilities' is for X accounts; this is a WhatsApp account.");
        }
        if (fields.has("metadata") && !body.get("metadata").isObject()) {
            fields.fault("metadata", "'metadata' must be an object.");
        }
        fields.check();
        if (fields.has("metadata")) {
            JsonFields metadata = new JsonFields(body.get("metadata"));
            parameters.put("datasetId", Connecting.id(metadata, "metaCapiDatasetId"));
            parameters.put("automaticEvents", metadata.matching("automaticEvents", AUTOMATIC_EVENTS,
                    "'automaticEvents' must be 'record', 'report' or 'ignore'."));
            parameters.put("noCountry", isRemoved(body, "defaultCountry"));
            parameters.put("noTimezone", isRemoved(body, "timezone"));
            parameters.put("defaultCountry", parameters.get("noCountry") == null ? country(metadata) : null);
            parameters.put("timezone", parameters.get("noTimezone") == null ? timezone(metadata) : null);
            metadata.check();
        }
        if (parameters.values().stream().filter(java.util.Objects::nonNull).count() == 1) {
            throw Problem.invalid("missing_required_field", null,
                    "Nothing to change: send username, displayName, or in metadata metaCapiDatasetId, automaticEvents, "
                            + "defaultCountry or timezone.");
        }
        return parameters;
    }

    /** True if a default is to be removed, else null. */
    private static Boolean isRemoved(JsonNode body, String name) {
        JsonNode given = body.get("metadata").get(name);
        return given != null && given.isNull() ? true : null;
    }

    private static String country(JsonFields metadata) {
        String given = metadata.optional("defaultCountry", 100);
        String code = Countries.code(given);
        if (given != null && code == null) {
            metadata.fault("defaultCountry", "'defaultCountry' must be a two-letter code of ISO 3166, for example BR; null removes it.");
        }
        return code;
    }

    private static String timezone(JsonFields metadata) {
        String name = metadata.optional("timezone", 100);
        if (name != null && !ZoneId.getAvailableZoneIds().contains(name)) {
            metadata.fault("timezone", "'timezone' must be a name of the IANA database, for example America/Sao_Paulo; null removes "
                    + "it.");
        }
        return name;
    }

    /**
     * The answer to a change.
     *
     * @param row of {@code update-account.sql}
     * @return {@code {message, username, displayName, metadata}}
     */
    public Map<String, Object> changed(Map<String, Object> row) {
        accounts.forget();
        Map<String, Object> view = AccountView.of(Account.of(row));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("message", "Account updated.");
        answer.put("username", view.get("username"));
        answer.put("displayName", view.get("displayName"));
        answer.put("metadata", view.get("metadata"));
        return answer;
    }

    /**
     * Which account to disconnect.
     *
     * @param request with the path parameter {@code accountId}
     * @return the parameters of {@code disconnect-account.sql}
     */
    public Map<String, Object> leave(Request request) {
        return Map.of("id", request.path("accountId"));
    }

    /**
     * The answer to a disconnect.
     *
     * @param id what {@code disconnect-account.sql} gave back, or null
     * @return {@code {message}}
     * @throws Problem 404 if there was no such connected account
     */
    public Map<String, Object> left(String id) {
        accounts.forget();
        if (id == null) {
            throw Accounts.unknown();
        }
        return Map.of("message", "Account disconnected. What was captured stays; connecting it again goes on with it.");
    }
}
