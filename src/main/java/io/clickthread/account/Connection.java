package io.clickthread.account;

/**
 * A request to connect an account.
 *
 * @param accessToken   a token with {@code whatsapp_business_management} and {@code whatsapp_business_manage_events}
 * @param wabaId        the WhatsApp Business Account
 * @param phoneNumberId Cloud API's id of the number; null for a number outside Cloud API
 * @param profileId     a label to group accounts by
 * @param datasetId     an existing dataset, or null
 */
public record Connection(String accessToken, String wabaId, String phoneNumberId, String profileId, String datasetId) {

    /** Whether Meta knows the number, so that its details can be read. */
    public boolean isOnCloudApi() {
        return phoneNumberId != null;
    }

    @Override
    public String toString() {
        return "Connection[" + wabaId + ", " + phoneNumberId + "]";
    }
}
