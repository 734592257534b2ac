package io.clickthread.capture;

import io.clickthread.contact.Alias;
import java.util.List;

/**
 * A change of who controls a conversation (Meta's webhook field {@code messaging_handovers}).
 *
 * @param channel   the key of the channel that it came by
 * @param aliases   what the contact is known by, at least one
 * @param owner     the role that controls the conversation now, in Meta's word; {@code this_app} or {@code another_app} if
 *                  Meta names none
 * @param isThisApp whether the control came to the app that receives the webhook; null if Meta does not tell
 * @param at        Unix seconds
 */
public record Handover(String channel, List<Alias> aliases, String owner, Boolean isThisApp, long at) {

    @Override
    public String toString() {
        return "Handover[" + owner + "]"; // the rest is a person's
    }
}
