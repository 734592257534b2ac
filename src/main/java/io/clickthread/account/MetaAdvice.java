package io.clickthread.account;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What follows from how Meta has an account, in sentences for those who set it up. */
final class MetaAdvice {

    private static final String DASHBOARD = "in the app dashboard, under WhatsApp, Configuration";

    private MetaAdvice() {
    }

    /** The fields that are wanted and not subscribed; null if the subscribed ones are not known. */
    static List<String> missing(MetaCheck check) {
        return check.fields() == null ? null : MetaSetup.FIELDS.stream().filter(field -> !check.fields().contains(field)).toList();
    }

    /** All that is to be said. */
    static String of(MetaCheck check) {
        List<String> advice = new ArrayList<>();
        if (check.isSilent()) {
            advice.add("Meta did not answer, so some of this is not known now; ask again later.");
        } else if (!check.refusals().isEmpty()) {
            advice.add("Meta refused to tell some of this (code " + check.refusals().stream().distinct().map(String::valueOf)
                    .collect(Collectors.joining(", ")) + "): the account's token needs whatsapp_business_management.");
        }
        subscription(check, advice);
        fields(check, advice);
        roles(check, advice);
        return advice.isEmpty() ? "The app gets every field that brings clicks, and the ad entry point is this business's."
                : String.join(" ", advice);
    }

    private static void subscription(MetaCheck check, List<String> advice) {
        if (Boolean.FALSE.equals(check.subscribed())) {
            advice.add("The app of the account's token does not get this WhatsApp Business Account's webhooks: call POST /"
                    + check.account().wabaId() + "/subscribed_apps with the token, unless another app passes them on.");
        }
        if (check.isOverridden()) {
            advice.add("The account's webhooks are sent to an override address; 'standby' never is, it goes to the app's own "
                    + "callback URL, so that one must lead here, too.");
        }
    }

    private static void fields(MetaCheck check, List<String> advice) {
        List<String> missing = missing(check);
        if (missing == null) {
            advice.add("Which fields the app is subscribed to is not known; it should be " + quoted(MetaSetup.FIELDS) + ", "
                    + DASHBOARD + ". It can be read here if CLICKTHREAD_META_APP_SECRET has the secret of the token's app.");
        } else if (!missing.isEmpty()) {
            advice.add("The app is not subscribed to " + quoted(missing) + ": add them " + DASHBOARD + "."
                    + (missing.contains("standby") ? " Without 'standby' nothing arrives of conversations that another responder "
                    + "is in charge of." : ""));
        }
    }

    private static void roles(MetaCheck check, List<String> advice) {
        if (check.roles() == null) {
            advice.add("Which routing roles the business holds for this number is not known; if Conversation Routing is set up in "
                    + "Meta Business Suite, look there whether another responder owns the ad entry point.");
        } else if (check.roles().isEmpty() && !Boolean.TRUE.equals(check.standby())) {
            advice.add("Meta names no routing role of the business for this number: either Conversation Routing is not set up, "
                    + "and every message arrives, or another responder owns the ad entry point, and its messages do not.");
        } else if (!check.roles().contains(MetaSetup.AD_ROLE)) {
            advice.add("Another responder may own the ad entry point: of the routing roles for this number the business holds "
                    + (check.roles().isEmpty() ? "none" : quoted(check.roles())) + ", and not 'ctwa'. "
                    + (Boolean.TRUE.equals(check.standby())
                    ? "It has standby visibility, so messages from ads arrive on 'standby'."
                    : "It has no standby visibility either, so messages from ads do not arrive: in Meta Business Suite make it the "
                    + "primary of ads that click to WhatsApp, or have standby granted to it."));
        }
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }
}
