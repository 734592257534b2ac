package io.clickthread.webhook;

import java.util.Locale;

/**
 * Why an adapter deliberately takes nothing from a part of a webhook. The reasons are few and fixed, because each becomes a
 * series of the metrics and a line of a channel's health.
 */
enum PassedOver {

    /** The business wrote it: an answer, or an echo of one. */
    OWN_MESSAGE,
    /** A message in a group, a broadcast, a newsletter or somebody's status. */
    GROUP,
    /** The delivery state of a message, or a reaction to one. */
    STATUS,
    /** A message of another channel than WhatsApp. */
    OTHER_CHANNEL,
    /** WhatsApp's own remark in a chat. */
    SYSTEM_MESSAGE,
    /** A note among the business's agents. */
    NOTE,
    /** What a CRM keeps about a contact or a conversation, a copy of an earlier click perhaps among it. */
    ATTRIBUTES,
    /** An earlier message that is quoted, edited or withdrawn. */
    EARLIER_MESSAGE,
    /** An event without a message: a connection, a contact, a call, a template, … */
    OTHER_EVENT;

    /** The reason as metrics and the API name it, for example {@code own_message}. */
    String reason() {
        return name().toLowerCase(Locale.ROOT);
    }
}
