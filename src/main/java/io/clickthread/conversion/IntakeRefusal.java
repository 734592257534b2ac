package io.clickthread.conversion;

import io.clickthread.contact.Phones;
import io.clickthread.http.Problem;
import java.util.Map;

/** Why a conversion that fits the schema was not stored. */
final class IntakeRefusal {

    private static final String NO_NUMBER = " It is no number of any country: if its country code is missing, write it with "
            + "+ and its country code, or name its country in 'country'.";

    private IntakeRefusal() {
    }

    /**
     * The reason.
     *
     * @param conversion that was to be stored
     * @param row        what {@code accept-conversions.sql} answered, without a state
     * @return 404 for an unknown contact, 422 for one without a click id, or if what names the contact leads to several
     */
    static Problem problem(NewConversion conversion, Map<String, Object> row) {
        boolean byId = conversion.conversationId() != null;
        String phone = conversion.phone();
        String notFound = "No CTWA-attributed conversation found for this " + (phone != null ? "phone number: " : "contact: ");
        if (Boolean.TRUE.equals(row.get("is_split"))) {
            return Problem.unprocessable("contacts_differ", "What the request names its contact by leads to different "
                    + "contacts, so whose click it is cannot be told: send one of 'conversationId', 'phoneE164', 'userId' and "
                    + "'contactId', or those of one contact.");
        }
        if (row.get("conversation_id") == null) {
            return Problem.notFound("conversation_not_found", byId
                    ? "Conversation not found. GET /api/v1/inbox/conversations lists them."
                    : notFound + "no message of it was captured." + (phone == null ? "" : lookedFor(phone)));
        }
        return Problem.unprocessable("no_ctwa_clid", (byId ? "" : notFound)
                + "The resolved conversation has no captured ctwa_clid, so Meta could attribute nothing. "
                + "It did not originate from a Click-to-WhatsApp ad, its ad carries no click id, or WhatsApp withheld the message "
                + "that had it (error 131060; the conversation's 'referralHint' is 'suspected_ad'). If the click may still "
                + "arrive, send the header 'Prefer: wait-for-click'.");
    }

    /** How the number was read; its country and its last two digits are enough to see whether that was meant. */
    private static String lookedFor(String phone) {
        return Phones.isKnown(phone) ? " It was looked for as " + Phones.described(phone) + "." : NO_NUMBER;
    }
}
