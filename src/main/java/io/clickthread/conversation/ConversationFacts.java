package io.clickthread.conversation;

import io.clickthread.store.Rows;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of a conversation besides its contact: its clicks, a sign of an ad, and who controls it. */
final class ConversationFacts {

    private ConversationFacts() {
    }

    /** A click, without what is not known of it. */
    static Map<String, Object> click(Map<String, Object> row) {
        Map<String, Object> click = new LinkedHashMap<>();
        put(click, "ctwa_clid", row.get("ctwa_clid"));
        put(click, "source_id", row.get("source_id"));
        put(click, "source_type", row.get("source_type"));
        put(click, "source_url", row.get("source_url"));
        put(click, "headline", row.get("headline"));
        put(click, "body", row.get("body"));
        put(click, "media_type", row.get("media_type"));
        put(click, "tag", row.get("tag"));
        put(click, "message_id", row.get("message_id"));
        put(click, "clicked_at", Rows.iso(row, "clicked_at"));
        put(click, "captured_at", Rows.iso(row, "captured_at"));
        return click;
    }

    /** Zernio's keys; none of them, and no metadata, for an organic conversation. */
    static void putMetadata(Map<String, Object> view, Map<String, Object> row) {
        if (row.get("click_id") == null) {
            return;
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        put(metadata, "ctwa_clid", row.get("ctwa_clid"));
        put(metadata, "ctwa_captured_at", Rows.iso(row, "captured_at"));
        put(metadata, "ctwa_source_id", row.get("source_id"));
        put(metadata, "ctwa_source_url", row.get("source_url"));
        put(metadata, "ctwa_headline", row.get("headline"));
        put(metadata, "ctwa_source_type", row.get("source_type"));
        view.put("metadata", metadata);
    }

    /** Ours: a sign that an ad opened the conversation, which is worth most where no referral came. */
    static void putHint(Map<String, Object> view, Map<String, Object> row) {
        if (row.get("hint") != null) {
            Map<String, Object> hint = new LinkedHashMap<>();
            hint.put("type", row.get("hint"));
            hint.put("at", Rows.iso(row, "hint_at"));
            put(hint, "completed", row.get("hint").equals("suspected_ad") && row.get("click_id") != null ? true : null);
            view.put("referralHint", hint);
        }
    }

    /** Ours: who controls the conversation, if Meta has told of a change; it tells of none while there is one responder. */
    static void putControl(Map<String, Object> view, Map<String, Object> row) {
        if (row.get("controller") != null) {
            Map<String, Object> control = new LinkedHashMap<>();
            control.put("owner", row.get("controller"));
            put(control, "isThisApp", row.get("controlled_by_app"));
            control.put("at", Rows.iso(row, "controlled_at"));
            view.put("control", control);
        }
    }

    private static void put(Map<String, Object> map, String key, Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
