package io.clickthread.capture;

/**
 * One thing that a contact is known by.
 *
 * @param kind  {@code phone} (digits with country code), {@code user_id} or {@code parent_user_id} (Meta's
 *              business-scoped ids)
 * @param value the identity, never empty
 */
public record Alias(String kind, String value) {

    /** The kind of a phone number. */
    public static final String PHONE = "phone";
    /** The kind of a business-scoped user id. */
    public static final String USER_ID = "user_id";
    /** The kind of the parent of a business-scoped user id. */
    public static final String PARENT_USER_ID = "parent_user_id";
}
