package io.clickthread.capture;

import java.util.List;

/**
 * A webhook with a valid signature, read.
 *
 * @param provider   whose shape it has, for example {@code meta}
 * @param raw        its exact bytes, to be kept if some of it cannot be used
 * @param messages   what could be read
 * @param unreadable why some of it, or all, could not be read; null if everything could
 */
public record InboundWebhook(String provider, byte[] raw, List<InboundMessage> messages, String unreadable) {
}
