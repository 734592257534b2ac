package io.clickthread.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a caller can provoke: a token, a phone number id, a WhatsApp Business Account id, a dataset id or a test event
 * code that ends in {@code simulate-} and the name of one of these, in lower case and with hyphens.
 */
enum Scenario {
    BAD_TOKEN(GraphError.of(401, 190, "Invalid OAuth access token - Cannot parse access token")),
    EXPIRED_TOKEN(GraphError.of(401, 190, "Error validating access token: Session has expired").withSubcode(463)
            .withSentence("expired")),
    NO_PERMISSION(GraphError.of(403, 200, "(#200) Permissions error")),
    NO_ACCESS(GraphError.of(403, 10, "(#10) Application does not have permission for this action")),
    POLICY_BLOCK(GraphError.of(400, 368, "(#368) The action attempted has been deemed abusive or is otherwise disallowed")
            .withSentence("blocked")),
    UNKNOWN_OBJECT(unknownObject()),
    NOT_VERIFIED(GraphError.ofParameter("Invalid parameter")),
    APP_LIMIT(GraphError.of(403, 4, "(#4) Application request limit reached").passing()
            .withHeader("X-App-Usage", "{\"call_count\":100,\"total_cputime\":25,\"total_time\":25}")),
    USER_LIMIT(GraphError.of(400, 17, "(#17) User request limit reached").withSubcode(2446079).passing()
            .withHeader("X-Ad-Account-Usage", "{\"acc_id_util_pct\":100,\"reset_time_duration\":60,"
                    + "\"ads_api_access_tier\":\"standard_access\"}")),
    BUSINESS_LIMIT(GraphError.of(400, 80004, "(#80004) There have been too many calls to this ad account").passing()
            .withHeader("X-Business-Use-Case-Usage", "{\"1\":[{\"type\":\"ads_management\",\"call_count\":100,"
                    + "\"total_cputime\":25,\"total_time\":25,\"estimated_time_to_regain_access\":1}]}")),
    TOO_MANY_REQUESTS(GraphError.of(429, 613, "(#613) Calls to this api have exceeded the rate limit").passing()
            .withHeader("Retry-After", "2")),
    UNKNOWN_ERROR(GraphError.of(500, 1, "An unknown error has occurred.")),
    SERVICE_DOWN(GraphError.of(503, 2, "Service temporarily unavailable").passing()),
    /** A proxy on the way answers with a page of its own: a status without Meta's JSON. */
    PROXY_ERROR(GraphError.of(502, 0, "<html><body>502 Bad Gateway</body></html>")),
    /** The events are taken and discarded. */
    NOTHING_RECEIVED(null),
    /** The app gets nothing of the WhatsApp Business Account. */
    NOT_SUBSCRIBED(null),
    /** The app is subscribed to {@code messages} alone. */
    FIELDS_MISSING(null),
    /** Another responder owns the ad entry point, and this business looks on. */
    OTHER_RESPONDER(null),
    /** Another responder owns the ad entry point, and this business sees nothing of it. */
    NO_STANDBY(null),
    /** The token may read the number, and nothing of how it is set up. */
    HIDDEN_SETUP(null),
    /** The call is read and never answered. */
    SILENCE(null),
    /** The call is read and its connection closed. */
    RESET(null);

    private static final Pattern WORD = Pattern.compile("simulate-([a-z-]+)$");

    private final GraphError error;

    Scenario(GraphError error) {
        this.error = error;
    }

    /** The error to answer with, or null for what is no error of Meta's. */
    GraphError error() {
        return error;
    }

    /** How callers name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The scenario that one of some values asks for.
     *
     * @param values any texts; null is passed over
     * @return the first that is asked for, or null for none
     * @throws GraphRefusal for a name that there is not, listing all
     */
    static Scenario in(String... values) {
        for (String value : values) {
            Matcher matcher = WORD.matcher(value == null ? "" : value);
            if (matcher.find()) {
                return Arrays.stream(values()).filter(scenario -> scenario.word().equals(matcher.group(1))).findFirst()
                        .orElseThrow(() -> new GraphRefusal(GraphError.ofParameter("The simulator knows simulate- with "
                                + Arrays.stream(values()).map(Scenario::word).collect(Collectors.joining(", ")))));
            }
        }
        return null;
    }

    /** The error for an id that nobody has, or that the token may not see. */
    static GraphError unknownObject() {
        return new GraphError(400, "Unsupported request. Object with this ID does not exist, cannot be loaded due to "
                + "missing permissions, or does not support this operation", "GraphMethodException", 100, 33, false, null,
                Map.of());
    }
}
