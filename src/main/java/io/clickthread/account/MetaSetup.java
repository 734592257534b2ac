package io.clickthread.account;

import java.util.List;
import java.util.Map;

/**
 * What a Meta app has to have so that no click passes by, and where Graph tells whether it has it. All but {@code messages}
 * needs {@code whatsapp_business_management}.
 */
public final class MetaSetup {

    /** The fields that bring clicks or say who controls a conversation. */
    static final List<String> FIELDS = List.of("messages", "standby", "messaging_handovers", "automatic_events");

    /** The role of those who own the entry point of ads that click to WhatsApp. */
    static final String AD_ROLE = "ctwa";

    /** The app that a token belongs to; the token itself travels in the header only, unlike with {@code debug_token}. */
    static final String APP = "app";

    /** The query of the second way to ask for the roles. */
    static final String ROLES_FIELD = "fields=routing_roles";

    private static final Map<String, String> WHY = Map.of(
            "messages", "the chats that this number answers, with the click ids",
            "standby", "the same while another responder or Meta's agent is in charge",
            "messaging_handovers", "who is in control of a conversation",
            "automatic_events", "leads, sales and click ids that Meta finds itself, also where the first message was withheld");

    private MetaSetup() {
    }

    /**
     * What to set up in the Meta app.
     *
     * @param url the webhook's address
     * @return a sentence or more that name the fields, what each brings and what permission it needs
     */
    public static String notice(String url) {
        StringBuilder fields = new StringBuilder();
        FIELDS.forEach(field -> fields.append(fields.isEmpty() ? "" : ", ").append('\'').append(field).append("' (")
                .append(WHY.get(field)).append(')'));
        return "In the Meta app, set the webhook to " + url + " and subscribe to " + fields + ", and to 'history' if the number "
                + "stays in the WhatsApp Business app (coexistence). 'messages' needs the permission whatsapp_business_messaging, "
                + "all others whatsapp_business_management; 'standby' always goes to the app's own callback URL, never to an "
                + "override. Subscribe the app to the WhatsApp Business Account with POST /{waba-id}/subscribed_apps.";
    }

    /** Which apps get an account's webhooks: {@code {data: [{whatsapp_business_api_data: {id}, override_callback_uri?}]}}. */
    static String subscribedApps(String waba) {
        return waba + "/subscribed_apps";
    }

    /** What an app is subscribed to, with the app's own token: {@code {data: [{object, callback_url, fields: [{name}]}]}}. */
    static String subscriptions(String app) {
        return app + "/subscriptions";
    }

    /**
     * The roles of the token's business for a number: {@code {roles: [], is_standby}}. Certain are the two fields and that the
     * answer is per number (Meta's page "Routing roles" of November 2026). The name of the edge was not to be seen there, so it
     * is asked for as an edge first and as a field of the number, {@link #ROLES_FIELD}, if Meta knows no such edge.
     */
    static String routingRoles(String number) {
        return number + "/routing_roles";
    }
}
