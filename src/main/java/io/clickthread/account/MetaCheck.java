package io.clickthread.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.graph.GraphAnswer;
import io.clickthread.graph.GraphCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * One look at how Meta has an account: a call after the other, each of which may be refused without an end to the rest. Where
 * Meta does not answer at all the rest is not asked, so that somebody who waits for this waits for one silence at most.
 */
public final class MetaCheck {

    private static final String OBJECT = "whatsapp_business_account";
    private static final int MOST_SECRETS = 3;

    private final Account account;
    private final Deque<Question> questions = new ArrayDeque<>();
    private final List<Integer> refusals = new ArrayList<>();
    private Question asked;
    private boolean silent;
    private String app;
    private Boolean subscribed;
    private boolean overridden;
    private List<String> fields;
    private List<String> roles;
    private Boolean standby;

    MetaCheck(Account account, String token, List<String> secrets) {
        this.account = account;
        ask(MetaSetup.APP, null, token, body -> {
            app = id(body);
            if (app != null) {
                secrets.stream().limit(MOST_SECRETS).forEach(secret -> ask(MetaSetup.subscriptions(app), null,
                        app + "|" + secret, this::subscriptions, Kind.ONE_OF_SEVERAL_SECRETS));
            }
        }, Kind.ONLY_WAY);
        ask(MetaSetup.subscribedApps(account.wabaId()), null, token, this::subscribedApps, Kind.ONLY_WAY);
        ask(MetaSetup.routingRoles(account.phoneNumberId()), null, token, this::routingRoles, Kind.UNCERTAIN_NAME);
        ask(account.phoneNumberId(), MetaSetup.ROLES_FIELD, token, body -> routingRoles(body.path("routing_roles")),
                Kind.UNCERTAIN_NAME);
    }

    private void ask(String path, String query, String token, Consumer<JsonNode> reader, Kind kind) {
        questions.add(new Question(new GraphCall("GET", path, query, token, null), reader, kind));
    }

    Account account() {
        return account;
    }

    /** Whether there is anything left to ask. */
    public boolean hasNext() {
        return !silent && !questions.isEmpty();
    }

    /** The next call. */
    public GraphCall next() {
        asked = questions.poll();
        return asked.call;
    }

    /**
     * Takes Meta's answer to the call.
     *
     * @param answer whatever came
     */
    public void answered(GraphAnswer answer) {
        silent = answer.reach() != GraphAnswer.Reach.ANSWERED;
        if (answer.isSuccess()) {
            asked.reader.accept(answer.body());
            questions.removeIf(question -> asked.kind != Kind.ONLY_WAY && question.kind == asked.kind);
        } else if (!silent && (asked.kind == Kind.ONLY_WAY || asked.kind == Kind.UNCERTAIN_NAME && !isUnknownName(answer.code()))) {
            refusals.add(answer.code());
        }
    }

    boolean isSilent() {
        return silent;
    }

    /** Meta's codes for what it refused to tell. */
    List<Integer> refusals() {
        return refusals;
    }

    /** Whether the token's app gets the account's webhooks; null if not known. */
    Boolean subscribed() {
        return subscribed;
    }

    /** Whether the account's webhooks go to another address than the app's own. */
    boolean isOverridden() {
        return overridden;
    }

    /** What the app is subscribed to; null if not known. */
    List<String> fields() {
        return fields;
    }

    /** The roles of the token's business for the number; null if not known. */
    List<String> roles() {
        return roles;
    }

    /** Whether the business sees what others are in charge of; null if not known. */
    Boolean standby() {
        return standby;
    }

    private void subscribedApps(JsonNode body) {
        if (app != null && body.path("data").isArray()) {
            subscribed = false;
            for (JsonNode one : body.path("data")) {
                JsonNode about = one.path("whatsapp_business_api_data");
                if (app.equals(id(about))) {
                    subscribed = true;
                    overridden = !one.path("override_callback_uri").asText(about.path("override_callback_uri").asText()).isEmpty();
                }
            }
        }
    }

    private void subscriptions(JsonNode body) {
        if (body.path("data").isArray()) {
            fields = new ArrayList<>();
            for (JsonNode one : body.path("data")) {
                if (OBJECT.equals(one.path("object").asText()) && one.path("active").asBoolean(true)) {
                    one.path("fields").forEach(field ->
                            fields.add(field.isTextual() ? field.asText() : field.path("name").asText()));
                }
            }
        }
    }

    private void routingRoles(JsonNode body) {
        JsonNode data = body.path("data");
        JsonNode about = body.has("roles") || body.has("is_standby") ? body : data.isArray() ? data.path(0) : data;
        if (about.path("roles").isArray()) {
            roles = new ArrayList<>();
            about.path("roles").forEach(role -> roles.add(role.asText()));
        }
        standby = about.path("is_standby").isBoolean() ? about.path("is_standby").booleanValue() : null;
    }

    private static String id(JsonNode node) {
        String id = node.path("id").asText();
        return Connecting.META_ID.matcher(id).matches() ? id : null;
    }

    /** How Graph says that there is no such edge or field: unknown path components, an invalid parameter, no such method. */
    private static boolean isUnknownName(int code) {
        return code == 2500 || code == 100 || code == 12 || code == 3;
    }

    /** What a refusal of a question means. */
    private enum Kind {
        /** It cannot be known. */
        ONLY_WAY,
        /** Another secret may be the app's. */
        ONE_OF_SEVERAL_SECRETS,
        /** There may be another name for it. */
        UNCERTAIN_NAME
    }

    private record Question(GraphCall call, Consumer<JsonNode> reader, Kind kind) {
    }
}
