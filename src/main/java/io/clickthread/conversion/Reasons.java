package io.clickthread.conversion;

import io.clickthread.graph.GraphAnswer;

/** Why a conversion stands as it does after a call, in a sentence for people. Meta's numbers are in it, its words are not. */
final class Reasons {

    private Reasons() {
    }

    static String of(Verdict verdict, GraphAnswer answer) {
        String said = answer.code() == 0 ? "HTTP " + answer.status()
                : "code " + answer.code() + (answer.subcode() == 0 ? "" : ", subcode " + answer.subcode());
        return switch (verdict) {
            case ACCEPTED -> "Meta received it.";
            case REJECTED -> answer.isSuccess() ? "Meta answered, but received 0 events: it discarded the event."
                    : "Meta refused it (" + said + "); it would refuse it again.";
            case THROTTLED -> "Meta asks for fewer calls (" + said + "); it is sent again later.";
            case TRANSIENT -> answer.reach() == GraphAnswer.Reach.NOT_SENT
                    ? "Meta could not be reached; it is sent again." : "Meta failed (" + said + "); it is sent again.";
            case BLOCKED -> "Meta does not let this account send (" + said + "): check its token, its permission "
                    + "whatsapp_business_manage_events and its dataset. A call tries again now and then; "
                    + "POST /api/v1/accounts/{accountId}/resume does so at once.";
            case UNKNOWN -> answer.reach() == GraphAnswer.Reach.UNANSWERED
                    ? "The request left and no answer came, so whether Meta counted it is not known."
                    : "Meta's answer does not say whether it counted it.";
        };
    }
}
