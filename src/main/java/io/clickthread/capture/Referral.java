package io.clickthread.capture;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a message says about the ad it comes from; Meta's word and Meta's fields. Each may be null, but not all.
 *
 * @param clickId    {@code ctwa_clid}, opaque and case-sensitive; null for ads in WhatsApp Status
 * @param sourceId   the ad's id
 * @param sourceType {@code ad} or {@code post}
 * @param sourceUrl  a short link to the ad
 * @param headline   the ad's headline
 * @param body       the ad's text (not the message's)
 * @param mediaType  {@code image} or {@code video}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Referral(String clickId, String sourceId, String sourceType, String sourceUrl, String headline,
                       String body, String mediaType) {

    @Override
    public String toString() {
        return "Referral[" + sourceType + " " + sourceId + "]"; // the rest is a person's
    }
}
