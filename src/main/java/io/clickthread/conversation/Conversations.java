package io.clickthread.conversation;

import io.clickthread.http.Page;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Conversations as Zernio's inbox shows them, with the click each is known by. No text of a message is stored. */
@Component("conversations")
public class Conversations {

    private static final Set<String> PLATFORMS = Set.of("facebook", "instagram", "twitter", "bluesky", "reddit",
            "telegram", "whatsapp", "imessage");

    /**
     * Which page of the list a request wants.
     *
     * @param request with {@code accountId}, {@code profileId}, {@code platform}, {@code status}, {@code sortOrder},
     *                {@code limit} (1 to 100, else 50) and {@code cursor}
     * @return the page to read
     * @throws Problem 400 for a value out of its range
     */
    public Page page(Request request) {
        String platform = oneOf(request, "platform", PLATFORMS);
        String status = oneOf(request, "status", Set.of("active", "archived"));
        String order = oneOf(request, "sortOrder", Set.of("asc", "desc"));
        boolean none = platform != null && !platform.equals("whatsapp") || "archived".equals(status);
        Map<String, Object> filters = new HashMap<>();
        filters.put("accountId", none ? "" : request.query("accountId"));
        filters.put("profileId", request.query("profileId"));
        filters.put("oldestFirst", "asc".equals(order));
        return Page.of(request, 50, 100, filters);
    }

    /**
     * A page as JSON.
     *
     * @param page what was asked for
     * @param rows of {@code list-conversations.sql}
     * @return {@code {data, pagination, meta}}
     */
    public Map<String, Object> list(Page page, List<Map<String, Object>> rows) {
        List<Map<String, Object>> data = new ArrayList<>();
        for (Map<String, Object> row : page.rows(rows)) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("id", row.get("id"));
            view.put("platform", "whatsapp");
            view.put("accountId", row.get("account_id"));
            view.put("accountUsername", accountUsername(row));
            view.put("participantId", row.get("participant_id"));
            view.put("participantName", row.get("participant_name"));
            view.put("participantPicture", null);
            view.put("lastMessage", null);
            view.put("updatedTime", Rows.iso(row, "updated_at"));
            view.put("status", "active");
            view.put("unreadCount", null);
            view.put("isGroup", false);
            view.put("url", null);
            view.put("instagramProfile", null);
            ConversationFacts.putMetadata(view, row);
            ConversationFacts.putHint(view, row);
            ConversationFacts.putControl(view, row);
            data.add(view);
        }
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("accountsQueried", rows.stream().map(row -> row.get("account_id")).distinct().count());
        meta.put("accountsFailed", 0);
        meta.put("failedAccounts", List.of());
        meta.put("lastUpdated", java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("data", data);
        answer.put("pagination", page.pagination(rows, "updated_at"));
        answer.put("meta", meta);
        return answer;
    }

    /**
     * Which conversation a request wants.
     *
     * @param request with the path parameter {@code conversationId} and the query parameter {@code accountId}
     * @return the parameters of {@code find-conversation.sql}
     * @throws Problem 400 without an account id
     */
    public Map<String, Object> find(Request request) {
        if (request.query("accountId") == null) {
            throw Problem.invalid("missing_required_field", "accountId", "'accountId' is required.");
        }
        return Map.of("id", request.path("conversationId"), "accountId", request.query("accountId"));
    }

    /**
     * One conversation as JSON, with every click, the oldest first.
     *
     * @param rows of {@code find-conversation.sql}: one a click
     * @return {@code {data}}
     * @throws Problem 404 if there was none
     */
    public Map<String, Object> one(List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            throw Problem.notFound("conversation_not_found",
                    "Conversation not found. GET /api/v1/inbox/conversations lists them.");
        }
        Map<String, Object> row = rows.get(0);
        Map<String, Object> participant = new LinkedHashMap<>();
        participant.put("id", row.get("participant_id"));
        participant.put("name", row.get("participant_name"));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", row.get("id"));
        view.put("accountId", row.get("account_id"));
        view.put("accountUsername", accountUsername(row));
        view.put("platform", "whatsapp");
        view.put("status", "active");
        view.put("participantName", row.get("participant_name"));
        view.put("participantId", row.get("participant_id"));
        view.put("lastMessage", null);
        view.put("lastMessageAt", Rows.iso(row, "updated_at"));
        view.put("updatedTime", Rows.iso(row, "updated_at"));
        view.put("participants", List.of(participant));
        view.put("instagramProfile", null);
        ConversationFacts.putMetadata(view, rows.stream().filter(click -> click.get("ctwa_clid") != null).findFirst().orElse(row));
        ConversationFacts.putHint(view, row);
        ConversationFacts.putControl(view, row);
        view.put("clicks", rows.stream().filter(click -> click.get("click_id") != null).map(ConversationFacts::click).toList());
        return Map.of("data", view);
    }

    private static Object accountUsername(Map<String, Object> row) {
        return row.get("username") != null ? row.get("username") : row.get("display_phone_number");
    }

    private static String oneOf(Request request, String name, Set<String> values) {
        String value = request.query(name);
        if (value != null && !values.contains(value)) {
            throw Problem.invalid("invalid_field_value", name,
                    name + " is invalid: it must be one of " + String.join(", ", new java.util.TreeSet<>(values)) + ".");
        }
        return value;
    }
}
