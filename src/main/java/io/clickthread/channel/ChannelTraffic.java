package io.clickthread.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.store.Rows;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a channel brought in the last days, as its health shows it. */
@Component
class ChannelTraffic {

    private final ObjectMapper mapper;

    ChannelTraffic(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The counts.
     *
     * @param row of {@code show-channel-health.sql}
     * @return {@code {days, messages, withoutNews, quarantined, unreadFields}}, the last three as lists by reason, most first
     */
    Map<String, Object> counts(Map<String, Object> row, int days) {
        JsonNode counts = read(Rows.text(row, "counts"));
        long messages = 0;
        for (JsonNode count : counts) {
            messages += count.path("kind").asText().equals("message") ? count.path("count").asLong() : 0;
        }
        Map<String, Object> traffic = new LinkedHashMap<>();
        traffic.put("days", days);
        traffic.put("messages", messages);
        traffic.put("withoutNews", list(counts, "without_news", "reason"));
        traffic.put("quarantined", list(counts, "quarantined", "reason"));
        traffic.put("unreadFields", list(counts, "unread_field", "field"));
        return traffic;
    }

    /**
     * The new contacts whose first message WhatsApp withheld.
     *
     * @param row of {@code show-channel-health.sql}
     * @return {@code {days, total, completed, share}}: of all, of those whose click came later, and the part of the
     *         conversations from ads, known and suspected, whose click has not come; null if there are none
     */
    static Map<String, Object> suspected(Map<String, Object> row, int days) {
        int total = Rows.number(row, "suspected");
        int completed = Rows.number(row, "completed");
        Map<String, Object> suspected = new LinkedHashMap<>();
        suspected.put("days", days);
        suspected.put("total", total);
        suspected.put("completed", completed);
        suspected.put("share", share(total - completed, total - completed + Rows.number(row, "conversations")));
        return suspected;
    }

    /** The clicks, and the part of them that has a click id; null if there are none. */
    static Map<String, Object> clicks(Map<String, Object> row, int days) {
        int total = Rows.number(row, "clicks");
        int withClickId = Rows.number(row, "with_click_id");
        Map<String, Object> clicks = new LinkedHashMap<>();
        clicks.put("days", days);
        clicks.put("total", total);
        clicks.put("withClickId", withClickId);
        clicks.put("share", share(withClickId, total));
        return clicks;
    }

    private static BigDecimal share(int part, int whole) {
        return whole == 0 ? null : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 3, RoundingMode.HALF_UP);
    }

    private static List<Map<String, Object>> list(JsonNode counts, String kind, String name) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (JsonNode count : counts) {
            if (count.path("kind").asText().equals(kind)) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put(name, count.path("reason").asText());
                entry.put("count", count.path("count").asLong());
                list.add(entry);
            }
        }
        return list;
    }

    private JsonNode read(String counts) {
        try {
            return counts == null ? mapper.createArrayNode() : mapper.readTree(counts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // PostgreSQL wrote it
        }
    }
}
