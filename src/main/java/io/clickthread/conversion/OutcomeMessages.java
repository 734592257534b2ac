package io.clickthread.conversion;

import io.clickthread.graph.GraphAnswer;
import io.clickthread.graph.MetaErrors;
import java.util.Locale;

/**
 * Why a conversion stands as it does after a call, in a sentence for people that says what to do. Meta's numbers are in it,
 * its words are not.
 */
final class OutcomeMessages {

    private static final String RESUME =
            " A call tries again now and then; POST /api/v1/accounts/{accountId}/resume does so at once.";

    private OutcomeMessages() {
    }

    static String of(ResponseClass verdict, GraphAnswer answer) {
        boolean isMetas = answer.isGraphError();
        String said = said(answer);
        return switch (verdict) {
            case ACCEPTED -> "Meta received it.";
            case REJECTED -> answer.isSuccess() ? "Meta answered, but received 0 events: it discarded the event."
                    : "Meta refused it (" + said + "); it would refuse it again.";
            case THROTTLED -> "Meta asks for fewer calls (" + said + "); it is sent again later.";
            case TRANSIENT -> answer.reach() == GraphAnswer.Reach.FAILED_HERE ? "It was not sent, because something failed in "
                    + "this server (" + answer.line() + "): the log says where. It is sent again."
                    : answer.reach() == GraphAnswer.Reach.NOT_SENT ? "Meta could not be reached; it is sent again."
                    : isMetas || answer.status() / 100 == 5 ? "Meta failed (" + said + "); it is sent again."
                    : "Not Meta but a proxy or a firewall on the way answered (" + said + "); it is sent again.";
            case BLOCKED -> blocked(answer, said) + RESUME;
            case UNEXPLAINED -> "Meta refuses it with a code that names no fault of the event (" + said + "): look at "
                    + "Meta's words in its last attempt. It is sent again.";
            case UNKNOWN -> answer.reach() == GraphAnswer.Reach.UNANSWERED
                    ? "The request left and no answer came, so whether Meta counted it is not known."
                    : answer.status() / 100 == 5 ? "A gateway sent it on and got no answer (" + said
                            + "), so whether Meta counted it is not known."
                    : answer.line() == null ? "Meta's answer does not say whether it counted it."
                    : "The answer is not Meta's (" + said + "), so whether Meta counted it is not known: look for a proxy or a "
                            + "login page between this server and Meta.";
        };
    }

    /** Why the destination is not active, where that needs other words than why the conversion waits. */
    static String ofDestination(ResponseClass verdict, GraphAnswer answer) {
        return verdict == ResponseClass.UNEXPLAINED ? "Meta refuses events of this account with a code that names no fault of one ("
                + said(answer) + "): look at Meta's words in the last attempt of one." + RESUME : of(verdict, answer);
    }

    private static String blocked(GraphAnswer answer, String said) {
        return switch (MetaErrors.of(answer)) {
            case TOKEN -> "Meta does not take the account's access token (" + said + "): connect the account again with a good "
                    + "token of its app and business.";
            case PERMISSION -> "Meta does not let this account's token send (" + said + "): give it the permission "
                    + "whatsapp_business_manage_events and access to the dataset, then connect the account again.";
            case POLICY -> "Meta has blocked the app or the business for a policy (" + said + "): see Account Quality in Meta's "
                    + "Business Support Home; the token is good.";
            case DATASET -> "Meta does not take this account's events at its dataset (" + said + "): have POST "
                    + "/api/v1/whatsapp/dataset find it, or set metadata.metaCapiDatasetId to the one that is linked to its "
                    + "WhatsApp Business Account and open to its token.";
            default -> "Meta does not serve this version or path of the Graph API (" + said + "): set "
                    + "CLICKTHREAD_GRAPH_VERSION to a version that Meta serves, see that CLICKTHREAD_GRAPH_URL is Meta's, and "
                    + "start again.";
        };
    }

    private static String said(GraphAnswer answer) {
        if (!answer.isGraphError()) {
            return "HTTP " + answer.status() + (answer.line() == null ? "" : ": “" + answer.line() + "”");
        }
        String meaning = MetaErrors.find(answer).meaning();
        return "code " + answer.code() + (answer.subcode() == 0 ? "" : ", subcode " + answer.subcode()) + ": "
                + meaning.substring(0, 1).toLowerCase(Locale.ROOT) + meaning.substring(1);
    }
}
