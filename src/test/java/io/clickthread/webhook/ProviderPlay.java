package io.clickthread.webhook;

import io.clickthread.support.Hmacs;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;

/** Sends a webhook as its provider does: with the right content type and the provider's own proof of who sent it. */
final class ProviderPlay {

    private ProviderPlay() {
    }

    /** Sends a body to a channel; what is signed is made with {@link TestChannel#SECRET}, by the JDK alone. */
    static Reply send(TestChannel channel, String provider, String body) {
        return send(channel, provider, body, proof(channel, provider, body, TestChannel.SECRET));
    }

    /** Sends a body with these headers as its proof. */
    static Reply send(TestChannel channel, String provider, String body, List<String> proof) {
        List<String> headers = new ArrayList<>(List.of("Content-Type",
                provider.equals("twilio") ? "application/x-www-form-urlencoded" : "application/json"));
        headers.addAll(proof);
        return channel.account.server.send("POST", channel.path, body.getBytes(StandardCharsets.UTF_8),
                headers.toArray(String[]::new));
    }

    /** The headers that prove to a channel that whoever knows a secret sent this body, now. */
    static List<String> proof(TestChannel channel, String provider, String body, String secret) {
        long now = TestAccount.now();
        return switch (provider) {
            case "meta", "gowa" -> List.of("X-Hub-Signature-256", "sha256=" + Hmacs.hex("HmacSHA256", body, secret));
            case "360dialog" -> List.of("x-360dialog-signature", Hmacs.hex("HmacSHA256", body, secret));
            case "twilio" -> List.of("X-Twilio-Signature", twilio(channel, body, secret));
            case "waha" -> List.of("X-Webhook-Hmac", Hmacs.hex("HmacSHA512", body, secret), "X-Webhook-Hmac-Algorithm", "sha512");
            case "zernio" -> List.of("X-Zernio-Signature", Hmacs.hex("HmacSHA256", body, secret));
            case "chatwoot" -> List.of("X-Chatwoot-Timestamp", Long.toString(now), "X-Chatwoot-Signature",
                    "sha256=" + Hmacs.hex("HmacSHA256", now + "." + body, secret));
            case "vonage" -> List.of("Authorization", "Bearer " + Hmacs.token("HS256", now, body, secret));
            default -> List.of("X-Webhook-Secret", secret);
        };
    }

    private static String twilio(TestChannel channel, String form, String secret) {
        TreeMap<String, String> fields = new TreeMap<>();
        for (String field : form.isEmpty() ? new String[0] : form.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        StringBuilder signed = new StringBuilder(channel.account.server.url(channel.path));
        fields.forEach((name, value) -> signed.append(name).append(value));
        return Base64.getEncoder().encodeToString(Hmacs.of("HmacSHA1", signed.toString(), secret));
    }
}
