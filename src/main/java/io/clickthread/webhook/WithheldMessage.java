package io.clickthread.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.capture.InboundMessage;

/**
 * Messages whose content WhatsApp withholds on a number that is in the WhatsApp Business app, too: Meta's error 131060, which
 * providers hand on as it is. Often it is the first message after the tap on an ad.
 */
final class WithheldMessage {

    private static final int CODE = 131060;

    private WithheldMessage() {
    }

    /**
     * The hint that a withheld message is.
     *
     * @param errors   one error or a list of them, each with a {@code code}
     * @param referral the ad, which some messages name in spite of the error: then there is nothing to suspect
     * @return {@link InboundMessage#SUSPECTED_AD}, or null
     */
    static String hint(JsonNode errors, JsonNode referral) {
        boolean isWithheld = errors.path("code").asInt() == CODE;
        if (errors.isArray()) {
            for (JsonNode error : errors) {
                isWithheld |= error.path("code").asInt() == CODE;
            }
        }
        return isWithheld && !referral.isObject() ? InboundMessage.SUSPECTED_AD : null;
    }
}
