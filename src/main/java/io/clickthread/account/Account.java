package io.clickthread.account;

import io.clickthread.store.Rows;
import java.util.Map;

/**
 * A connected WhatsApp Business Account with its number, dataset and sealed token.
 *
 * @param id                 24 hexadecimal digits
 * @param profileId          Zernio's grouping of accounts; here a plain label
 * @param wabaId             the WhatsApp Business Account
 * @param phoneNumberId      Cloud API's id of the number; null outside Cloud API
 * @param displayPhoneNumber as Meta shows it, or null
 * @param verifiedName       the business's name, or null
 * @param qualityRating      {@code GREEN}, {@code YELLOW}, {@code RED}, {@code UNKNOWN} or null
 * @param nameStatus         Meta's review of the name, or null
 * @param messagingLimitTier Meta's limit, or null
 * @param username           set by the user, or null
 * @param displayName        set by the user, or null
 * @param datasetId          where conversions go, or null until provisioned
 * @param sealedToken        the access token, sealed for this id
 * @param automaticEvents    what becomes of Meta's own events: {@code record}, {@code report} or {@code ignore}
 * @param defaultCountry     what phone numbers without a country code belong to, ISO 3166-1 alpha-2; null: they are refused
 * @param timezone           where times without an offset belong, a name of the IANA database; null: they are refused
 * @param connected          false after a disconnect
 */
public record Account(String id, String profileId, String wabaId, String phoneNumberId, String displayPhoneNumber,
                      String verifiedName, String qualityRating, String nameStatus, String messagingLimitTier,
                      String username, String displayName, String datasetId, byte[] sealedToken, String automaticEvents,
                      String defaultCountry, String timezone, boolean connected) {

    static Account of(Map<String, Object> row) {
        return new Account(Rows.text(row, "id"), Rows.text(row, "profile_id"), Rows.text(row, "waba_id"),
                Rows.text(row, "phone_number_id"), Rows.text(row, "display_phone_number"),
                Rows.text(row, "verified_name"), Rows.text(row, "quality_rating"), Rows.text(row, "name_status"),
                Rows.text(row, "messaging_limit_tier"), Rows.text(row, "username"), Rows.text(row, "display_name"),
                Rows.text(row, "dataset_id"), (byte[]) row.get("access_token"), Rows.text(row, "automatic_events"),
                Rows.text(row, "default_country"), Rows.text(row, "timezone"), row.get("disconnected_at") == null);
    }

    @Override
    public String toString() {
        return "Account[" + id + "]";
    }
}
