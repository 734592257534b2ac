package io.clickthread.channel;

import io.clickthread.http.Form;
import io.clickthread.http.Request;
import io.clickthread.security.Hmac;
import io.clickthread.security.WrittenSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code X-Twilio-Signature}: base64 of the HMAC-SHA1 of the address as it was entered at Twilio, followed by name and
 * value of every field of the form, sorted by name (twilio.com/docs/usage/webhooks/webhooks-security). Twilio adds fields
 * without notice, so all of them are signed. Behind a proxy this server does not see the address that Twilio knows: it is
 * {@code CLICKTHREAD_PUBLIC_URL} with the path and query of the request, and no other, so that a signature
 * for an address of somebody else's is good for nothing here. Without that setting it is what the Host header says. Twilio
 * is known to sign with and without the standard port.
 *
 * @param publicUrl this server's address as Twilio sees it, without a slash at its end, or null
 */
record TwilioSignature(String publicUrl) implements Authenticator {

    private static final String HEADER = "X-Twilio-Signature";
    private static final Pattern ADDRESS = Pattern.compile("(https?)://([^/:]+|\\[[^]]*])(:\\d+)?(/.*)?");

    @Override
    public boolean fits(Request request, byte[] secret) {
        byte[] given = WrittenSignature.base64(request.header(HEADER), "");
        String fields;
        try {
            fields = fields(request.body());
        } catch (IllegalArgumentException e) {
            return false;
        }
        boolean good = false;
        for (String url : urls(request)) {
            good |= MessageDigest.isEqual(sign(url + fields, secret), given);
        }
        return good;
    }

    @Override
    public Map<String, String> sign(String url, byte[] body, byte[] secret) {
        return Map.of(HEADER, Base64.getEncoder().encodeToString(sign(url + fields(body), secret)));
    }

    @Override
    public String expects(String secret) {
        return HEADER + " must be Twilio's for this address and body, with the account's auth token as " + secret + "; "
                + (publicUrl == null ? "set CLICKTHREAD_PUBLIC_URL to the address that Twilio calls"
                        : "Twilio must call it at " + publicUrl);
    }

    private Set<String> urls(Request request) {
        Set<String> urls = new LinkedHashSet<>();
        if (publicUrl != null) {
            addWithAndWithoutPort(publicUrl + request.target(), urls);
            return urls;
        }
        String host = request.header("Host");
        if (host != null) {
            addWithAndWithoutPort("https://" + host + request.target(), urls);
            addWithAndWithoutPort("http://" + host + request.target(), urls);
        }
        return urls;
    }

    private static void addWithAndWithoutPort(String url, Set<String> into) {
        into.add(url);
        Matcher parts = ADDRESS.matcher(url);
        if (parts.matches()) {
            String rest = parts.group(4) == null ? "" : parts.group(4);
            String port = parts.group(1).equals("https") ? ":443" : ":80";
            into.add(parts.group(1) + "://" + parts.group(2) + (parts.group(3) == null ? port : "") + rest);
        }
    }

    /** Several values of one name are signed once each, in their order of characters. */
    private static String fields(byte[] body) {
        StringBuilder fields = new StringBuilder();
        for (Map.Entry<String, List<String>> field : Form.parse(body).entrySet()) {
            new TreeSet<>(field.getValue()).forEach(value -> fields.append(field.getKey()).append(value));
        }
        return fields.toString();
    }

    private static byte[] sign(String text, byte[] secret) {
        return Hmac.SHA1.sign(secret, text.getBytes(StandardCharsets.UTF_8));
    }
}
