package io.clickthread.channel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who a business has its WhatsApp number with. The name stands in the webhook's address, so it never changes; how its
 * webhooks are signed is in {@link Authenticators}, how they are read in the package {@code webhook}.
 */
public enum Provider {

    /** Meta's Cloud API. */
    META("meta", "In the Meta app set the callback URL to %s and subscribe to 'messages', 'standby', 'messaging_handovers' and "
            + "'automatic_events', with 'history' if the number stays in the WhatsApp Business app. 'standby' goes to the app's own "
            + "callback URL, never to an override."),
    /** 360dialog, which passes Meta's webhooks on; what partners get is signed with their platform secret. */
    DIALOG360("360dialog", "Set the number's webhook URL to %s with the header %s: <secret>. Partners may make their platform "
            + "secret the channel's secret instead; 360dialog signs with it. It brings 'messages', 'standby' and "
            + "'messaging_handovers'; ask 360dialog to pass 'automatic_events' on, too."),
    /** Gupshup, with subscriptions of version 3. */
    GUPSHUP("gupshup", "Create a subscription of version 3 with the callback URL %s and the custom header %s: <secret>, for "
            + "messages and, where Gupshup offers them, 'standby', 'messaging_handovers' and 'automatic_events'."),
    /** Whoever else passes Meta's webhooks on. */
    PASSTHROUGH("passthrough", "Have Meta's webhooks passed on, whole, to %s with the header %s: <secret>: the fields 'messages', "
            + "'standby', 'messaging_handovers' and 'automatic_events'."),
    /** Twilio. */
    TWILIO("twilio", "At the WhatsApp sender set 'Webhook URL for incoming messages' to %s, method HTTP POST; the secret is "
            + "the account's auth token."),
    /** Whapi.Cloud. */
    WHAPI("whapi", "In the channel's settings add the webhook %s, mode 'body', event 'messages', with the header %s: <secret>."),
    /** Evolution API. */
    EVOLUTION("evolution", "Set the instance's webhook to %s, event MESSAGES_UPSERT, with the header %s: <secret>, or with "
            + "headers.jwt_key set to the secret."),
    /** Whoever hands on the messages of the Baileys library as JSON. */
    BAILEYS("baileys", "Have the messages sent to %s with the header %s: <secret>."),
    /** uazapi. */
    UAZAPI("uazapi", "Set the instance's webhook to %s, event 'messages', with the header %s: <secret>."),
    /** WAHA. */
    WAHA("waha", "Set the session's webhook to %s, event 'message', with hmac.key set to the secret."),
    /** go-whatsapp-web-multidevice. */
    GOWA("gowa", "Start it with WHATSAPP_WEBHOOK=%s and WHATSAPP_WEBHOOK_SECRET set to the secret."),
    /** Zernio. */
    ZERNIO("zernio", "Add a webhook with the URL %s, the events 'message.received' and 'whatsapp.automatic_event', and the secret."),
    /** Chatwoot. */
    CHATWOOT("chatwoot", "Under Settings, Integrations, Webhooks add %s for 'message_created'; the secret is the one that "
            + "Chatwoot shows for it."),
    /** Infobip. */
    INFOBIP("infobip", "Create an inbound subscription to %s with the header %s: <secret>."),
    /** Vonage. */
    VONAGE("vonage", "Set the application's inbound URL to %s; the secret is the account's signature secret."),
    /** YCloud. */
    YCLOUD("ycloud", "Add a webhook endpoint %s for 'whatsapp.inbound_message.received' with the header %s: <secret>."),
    /** Any other one, described by {@code config.paths}. */
    GENERIC("generic", "Set the webhook's URL to %s, signed as 'config.signature' says, or with the header %s: <secret>.");

    private static final Map<String, Provider> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Provider::provider, Function.identity()));

    private final String provider;
    private final String setup;

    Provider(String provider, String setup) {
        this.provider = provider;
        this.setup = setup;
    }

    /**
     * The name in addresses and in the API.
     *
     * @return for example {@code whapi}
     */
    public String provider() {
        return provider;
    }

    /**
     * The provider of this name.
     *
     * @param name for example {@code whapi}; may be null
     * @return the provider, or null if there is none
     */
    public static Provider of(String name) {
        return name == null ? null : BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    /**
     * All names, for a sentence.
     *
     * @return separated by commas
     */
    public static String names() {
        return Arrays.stream(values()).map(Provider::provider).collect(Collectors.joining(", "));
    }

    /**
     * What to enter at the provider.
     *
     * @param url    the webhook's address
     * @param header the header that the secret is sent in, where it is
     * @return a sentence
     */
    public String setup(String url, String header) {
        return String.format(Locale.ROOT, setup, url, header);
    }
}
