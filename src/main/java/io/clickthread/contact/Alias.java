package io.clickthread.contact;

/**
 * One thing that a contact is known by.
 *
 * @param kind  {@code phone} (digits with country code), {@code user_id} or {@code parent_user_id} (Meta's
 *              business-scoped ids), {@code lid} (WhatsApp's own id of somebody who hides the number) or
 *              {@code provider_id} (the provider's name and its own id)
 * @param value the identity, never empty
 */
public record Alias(String kind, String value) {

    /** The kind of a phone number. */
    public static final String PHONE = "phone";
    /** The kind of a business-scoped user id. */
    public static final String USER_ID = "user_id";
    /** The kind of the parent of a business-scoped user id. */
    public static final String PARENT_USER_ID = "parent_user_id";
    /** The kind of WhatsApp's linked id, the digits before {@code @lid}. */
    public static final String LID = "lid";
    /** The kind of a provider's own id, for example {@code chatwoot 7}. */
    public static final String PROVIDER_ID = "provider_id";

    @Override
    public String toString() {
        return "Alias[" + kind + "]"; // the rest is a person's
    }
}
