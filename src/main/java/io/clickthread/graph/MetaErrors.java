package io.clickthread.graph;

import static io.clickthread.graph.ErrorClass.CALLS;
import static io.clickthread.graph.ErrorClass.DATASET;
import static io.clickthread.graph.ErrorClass.EVENT;
import static io.clickthread.graph.ErrorClass.OUTAGE;
import static io.clickthread.graph.ErrorClass.PERMISSION;
import static io.clickthread.graph.ErrorClass.POLICY;
import static io.clickthread.graph.ErrorClass.TOKEN;
import static io.clickthread.graph.ErrorClass.UNEXPLAINED;
import static io.clickthread.graph.ErrorClass.VERSION;

import java.util.List;

/**
 * Meta's errors by their numbers; its words are translated and decide nothing. The first row that fits is the answer's. Only
 * a row {@code EVENT} lets an event be rejected, so a number belongs there only if it names a fault of one event: what says
 * how a dataset, page or WhatsApp Business Account is linked is mended by a person, and its events are good then. Sources:
 * GE Meta's "Handle errors", ME its "Marketing API error reference", RL its "Rate limits", EC the Graph API's first list of
 * error codes, GF answers that were seen in the field, RF the meaning of the HTTP status.
 */
public final class MetaErrors {

    /** The table, in the order in which it is read. */
    public static final List<MetaError> TABLE = List.of(
            row("4", "*", "*", "The app has made too many calls", CALLS, "GE, RL"),
            row("9", "*", "*", "The user is performing too many actions", CALLS, "EC"),
            row("17", "*", "*", "The user has made too many calls", CALLS, "GE, RL"),
            row("32", "*", "*", "The page has had too many calls", CALLS, "RL"),
            row("340-341", "*", "*", "The app's limit is reached", CALLS, "GE"),
            row("613", "*", "*", "The calls exceed a limit of this API", CALLS, "GE, RL"),
            row("80000-80999", "*", "*", "A business has made too many calls", CALLS, "RL"),

            row("190", "*", "*", "The access token has expired, was revoked or is none", TOKEN, "GE"),
            row("102", "*", "*", "The session or the access token has expired", TOKEN, "GE"),
            row("101", "*", "*", "The app of the token does not exist", TOKEN, "EC"),
            row("104", "*", "*", "The signature of the call, appsecret_proof, is wrong", TOKEN, "ME"),
            row("15", "*", "*", "The call must be signed with the app secret", TOKEN, "EC"),
            row("191", "*", "*", "The address of a login is not the app's", TOKEN, "GF"),
            row("450-468", "*", "*", "The session has ended or is none", TOKEN, "EC, GF"),
            row("900", "*", "*", "There is no such app", TOKEN, "EC"),
            row("3", "*", "*", "The app lacks a capability", PERMISSION, "GE"),
            row("5", "*", "*", "The app does not take calls from this network address", PERMISSION, "EC"),
            row("10", "*", "*", "A permission was not granted, or was taken away", PERMISSION, "GE"),
            row("200-299", "*", "*", "A permission of the API is missing", PERMISSION, "GE, ME"),
            row("368", "*", "*", "The action breaks a policy, so it is blocked for a time", POLICY, "GE"),
            row("2000-2005", "*", "*", "The app is disabled", POLICY, "EC"),
            row("21", "*", "*", "The id has moved to another one", DATASET, "GF"),
            row("33", "*", "*", "The object does not exist", DATASET, "GF"),
            row("803", "*", "*", "The id in the address does not exist", DATASET, "EC, GF"),
            row("100", "33", "*", "The object does not exist, or the token must not see it", DATASET, "ME, GF"),
            row("100", "2804030", "*", "The account has not chosen how much data may be used", DATASET, "GF"),
            row("100", "2804065", "*", "The dataset belongs to another page", DATASET, "GF"),
            row("100", "2804069", "*", "The event names no page", DATASET, "GF"),
            row("100", "2804070", "*", "The page is none", DATASET, "GF"),
            row("100", "2804079", "*", "No Instagram account", DATASET, "GF"),
            row("100", "2804116", "*", "Neither a page nor a WhatsApp Business Account", DATASET, "GF"),
            row("100", "2804131", "*", "The dataset is linked to no page", DATASET, "GF"),
            row("100", "2804132", "*", "The dataset is linked to no WhatsApp Business Account", DATASET, "GF"),
            row("100", "2804133", "*", "The dataset is linked to no Instagram account", DATASET, "GF"),
            row("6-8", "*", "*", "The call came to the wrong host, or without TLS", VERSION, "EC"),
            row("11-12", "*", "*", "The method or the version is deprecated", VERSION, "EC"),
            row("14", "*", "*", "The call came to the wrong host", VERSION, "EC"),
            row("16", "*", "*", "The call came to the wrong host", VERSION, "EC"),
            row("2500", "*", "*", "The path is not known, or the version is none", VERSION, "ME, GF"),
            row("2635", "*", "*", "The version is not served any more", VERSION, "ME, GF"),

            row("100", "2804004", "*", "The event lies in the future by Meta's clock", OUTAGE, "GF"),
            row("100", "2804003", "*", "The event is more than 7 days old", EVENT, "GF"),
            row("100", "2804008", "*", "Contents without an id", EVENT, "GF"),
            row("100", "2804009", "*", "A Purchase without value", EVENT, "GF"),
            row("100", "2804010", "*", "A Purchase without currency", EVENT, "GF"),
            row("100", "2804011", "*", "A currency that Meta does not take", EVENT, "GF"),
            row("100", "2804016", "*", "Personal data that is not hashed", EVENT, "GF"),
            row("100", "2804019", "*", "A parameter that is missing or not expected", EVENT, "GF"),
            row("100", "2804023", "*", "A value without currency", EVENT, "GF"),
            row("100", "2804036", "*", "A lead that does not exist", EVENT, "GF"),
            row("100", "2804050", "*", "Not enough to find the person by", EVENT, "GF"),
            row("100", "2804063", "*", "No messaging_channel", EVENT, "GF"),
            row("100", "2804064", "*", "A field that messaging events must not have", EVENT, "GF"),
            row("100", "2804066", "*", "A name that messaging events must not have", EVENT, "GF"),
            row("100", "2804071", "*", "No ctwa_clid", EVENT, "GF"),
            row("100", "2804075", "*", "No ig_sid", EVENT, "GF"),
            row("100", "2804081", "*", "An order without currency", EVENT, "GF"),
            row("100", "2804087", "*", "A ctwa_clid that belongs to no click", EVENT, "GF"),
            row("100", "2804117", "*", "A ctwa_clid of another account", EVENT, "GF"),
            row("100", "2804000-2804099", "*", "Another refusal of what an event says", EVENT, "GF"),

            row("1", "*", "*", "An unknown error of Meta's", OUTAGE, "GE"),
            row("2", "*", "*", "A service of Meta's is down", OUTAGE, "GE"),
            row("805", "*", "*", "An error of a database of Meta's", OUTAGE, "EC"),
            row("1150", "*", "*", "An unknown error of Meta's", OUTAGE, "GF"),
            row("5000", "*", "*", "An unknown error of Meta's", OUTAGE, "GF"),
            row("-2147483648--1", "*", "*", "An error inside Meta", OUTAGE, "ME"),
            row("*", "*", "500-599", "Meta failed with another code", OUTAGE, "GE"),
            row("*", "*", "429", "Too many calls, with another code", CALLS, "RF"),
            row("*", "*", "401", "The token was refused with another code", TOKEN, "RF"),
            row("*", "*", "403", "A permission was refused with another code", PERMISSION, "RF"),
            row("*", "*", "*", "A code that names no fault of an event", UNEXPLAINED, ""));

    private MetaErrors() {
    }

    /**
     * Whose fault an error of Meta's is. What Meta itself calls transient passes later, unless its code tells what to do first.
     *
     * @param answer with an error object of Meta's
     * @return the class of the first row that fits
     */
    public static ErrorClass of(GraphAnswer answer) {
        ErrorClass listed = find(answer).errorClass();
        boolean mayPass = listed == EVENT || listed == UNEXPLAINED;
        return mayPass && answer.isCalledTransient() ? OUTAGE : listed;
    }

    /**
     * The row of an error.
     *
     * @param answer with an error object of Meta's
     * @return the first row that fits; the last one fits everything
     */
    public static MetaError find(GraphAnswer answer) {
        return TABLE.stream().filter(row -> row.fits(answer)).findFirst().orElseThrow();
    }

    private static MetaError row(String code, String subcode, String status, String meaning, ErrorClass errorClass,
                                 String source) {
        return new MetaError(code, subcode, status, meaning, errorClass, source);
    }
}
