package io.clickthread.conversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.store.Rows;
import io.clickthread.system.JsonConfiguration;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A conversion as it is stored. What Meta gets is made of these fields alone. They change only if Meta refused them, or they
 * expired, and the caller sends others under the same event id.
 *
 * @param id             24 hexadecimal digits
 * @param accountId      whose token sends it
 * @param conversationId whose click it is
 * @param datasetId      where it goes
 * @param wabaId         the WhatsApp Business Account, in clear
 * @param clickId        the {@code ctwa_clid}, in clear
 * @param eventName      Meta's name of the event
 * @param eventId        the caller's id of the event
 * @param eventTime      Unix seconds
 * @param value          exact, or null
 * @param currency       or null
 * @param contentIds     or null
 * @param customData     further fields of Meta's {@code custom_data}, a JSON object; or null
 * @param emailHash      or null
 * @param externalIdHash or null
 * @param testCode       or null
 * @param outcomeType    {@code automatic_events} for an event of Meta's own, else null
 * @param acceptedAt     when it was accepted
 * @param attempt        which call to Meta this is, from 1
 * @param retries        how often Meta failed it so far: its place in the retry schedule
 * @param claim          the claim of the sender that has it; null while it is its own request's
 */
public record Conversion(String id, String accountId, String conversationId, String datasetId, String wabaId,
                         String clickId, String eventName, String eventId, long eventTime, BigDecimal value,
                         String currency, List<String> contentIds, JsonNode customData, String emailHash, String externalIdHash,
                         String testCode, String outcomeType, Instant acceptedAt, int attempt, int retries, String claim) {

    private static final ObjectMapper JSON = JsonConfiguration.mapper(); // amounts stay as they are

    static Conversion of(Map<String, Object> row) {
        return new Conversion(Rows.text(row, "id"), Rows.text(row, "account_id"), Rows.text(row, "conversation_id"),
                Rows.text(row, "dataset_id"), Rows.text(row, "waba_id"), Rows.text(row, "ctwa_clid"),
                Rows.text(row, "event_name"), Rows.text(row, "event_id"), Rows.instant(row, "event_time").getEpochSecond(),
                (BigDecimal) row.get("value"), Rows.text(row, "currency"), texts(Rows.text(row, "content_ids")),
                object(Rows.text(row, "custom_data")), Rows.text(row, "email_hash"), Rows.text(row, "external_id_hash"),
                Rows.text(row, "test_code"), Rows.text(row, "outcome_type"), Rows.instant(row, "created_at"),
                Rows.number(row, "attempts"), Rows.number(row, "retries"), Rows.text(row, "claim"));
    }

    /** One that was stored a moment ago, with the row that {@code accept-conversions.sql} or a dry run answered. */
    static Conversion of(NewConversion stored, Map<String, Object> row, Instant now) {
        return new Conversion(Rows.text(row, "accepted_id"), stored.accountId(), Rows.text(row, "conversation_id"), stored.datasetId(),
                stored.wabaId(), Rows.text(row, "ctwa_clid"), stored.eventName(), stored.eventId(), stored.eventTime(), stored.value(),
                stored.currency(), texts(stored.contentIds()), object(stored.customData()), stored.emailHash(),
                stored.externalIdHash(), stored.testCode(), stored.outcomeType(), now,
                row.get("attempts") == null ? 0 : Rows.number(row, "attempts"), 0, null); // a dry run makes none
    }

    /** The same at a later attempt. */
    Conversion afterAttempts(int more) {
        return new Conversion(id, accountId, conversationId, datasetId, wabaId, clickId, eventName, eventId, eventTime,
                value, currency, contentIds, customData, emailHash, externalIdHash, testCode, outcomeType, acceptedAt,
                attempt + more, retries, claim);
    }

    /** A list of texts as its column holds it; null for null. */
    static String json(List<String> texts) {
        try {
            return texts == null ? null : JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // texts
        }
    }

    private static List<String> texts(String json) {
        try {
            return json == null ? null : JSON.readValue(json, new TypeReference<>() { });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // written by json()
        }
    }

    private static JsonNode object(String json) {
        try {
            return json == null ? null : JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // written by CustomData
        }
    }

    @Override
    public String toString() {
        return "Conversion[" + id + "]";
    }
}
