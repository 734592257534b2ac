package io.clickthread.account;

import java.util.LinkedHashMap;
import java.util.Map;

/** An account as the API shows it: Zernio's {@code SocialAccount}, never with a token. */
final class AccountView {

    private AccountView() {
    }

    static Map<String, Object> of(Account account) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        put(metadata, "wabaId", account.wabaId());
        put(metadata, "phoneNumberId", account.phoneNumberId());
        put(metadata, "displayPhoneNumber", account.displayPhoneNumber());
        put(metadata, "verifiedName", account.verifiedName());
        put(metadata, "qualityRating", account.qualityRating());
        put(metadata, "nameStatus", account.nameStatus());
        put(metadata, "messagingLimitTier", account.messagingLimitTier());
        put(metadata, "metaCapiDatasetId", account.datasetId());
        put(metadata, "automaticEvents", account.automaticEvents()); // ours, as are the next two
        put(metadata, "defaultCountry", account.defaultCountry());
        put(metadata, "timezone", account.timezone());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("_id", account.id());
        view.put("platform", "whatsapp");
        view.put("profileId", account.profileId());
        view.put("username", username(account));
        view.put("displayName", displayName(account));
        view.put("profilePicture", null);
        view.put("isActive", account.connected());
        view.put("enabled", account.connected());
        view.put("metadata", metadata);
        return view;
    }

    static String username(Account account) {
        return account.username() != null ? account.username()
                : account.displayPhoneNumber() != null ? account.displayPhoneNumber() : account.wabaId();
    }

    static String displayName(Account account) {
        return account.displayName() != null ? account.displayName()
                : account.verifiedName() != null ? account.verifiedName() : username(account);
    }

    private static void put(Map<String, Object> map, String key, String value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
