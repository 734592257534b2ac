package io.clickthread.channel;

import io.clickthread.http.Request;
import io.clickthread.security.Hmac;
import io.clickthread.security.WrittenSignature;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A keyed hash of the body, alone or inside a template with other values. If a time is signed along, it may be no more
 * off than the tolerance, so that a request that somebody recorded is refused later; sooner it changes nothing, because
 * the same message is captured once.
 *
 * @param headers   where the signature may stand, the first one there counts
 * @param hmac      the hash
 * @param base64    whether it is written in base64; else in hexadecimal digits
 * @param prefix    what stands before it, perhaps empty
 * @param template  what is signed, see {@link ChannelConfig.Signature}
 * @param timestamp the header with the time, Unix seconds or milliseconds
 * @param tolerance how far off the time may be
 * @param clock     tells the time
 * @param publicUrl this server's address as providers see it, or null
 */
record SignedBody(List<String> headers, Hmac hmac, boolean base64, String prefix, String template, String timestamp,
                  Duration tolerance, Clock clock, String publicUrl) implements Authenticator {

    static final String BODY = "{body}";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\{(?:headers?[.:])?([A-Za-z0-9_-]{1,100})}");
    private static final long MILLIS = 100_000_000_000L; // as seconds, the year 5138

    @Override
    public boolean fits(Request request, byte[] secret) {
        String given = headers.stream().map(request::header).filter(java.util.Objects::nonNull).findFirst().orElse("");
        byte[] signature = base64 ? WrittenSignature.base64(given, prefix) : WrittenSignature.hex(given, prefix);
        boolean recent = !template.contains("{timestamp}") || isRecent(request.header(timestamp));
        byte[] expected = hmac.sign(secret, signed(request.body(), name -> name.equals("url")
                ? String.valueOf(publicUrl) + request.target() : String.valueOf(request.header(header(name)))));
        return MessageDigest.isEqual(expected, signature) && recent;
    }

    @Override
    public Map<String, String> sign(String url, byte[] body, byte[] secret) {
        String now = Long.toString(clock.instant().getEpochSecond());
        byte[] signature = hmac.sign(secret, signed(body, name -> name.equals("url") ? url : now));
        Map<String, String> sent = new LinkedHashMap<>();
        Matcher matcher = PLACEHOLDER.matcher(template);
        while (matcher.find()) {
            if (!List.of("body", "url").contains(matcher.group(1))) {
                sent.put(header(matcher.group(1)), now);
            }
        }
        sent.put(headers.get(0), prefix + (base64 ? Base64.getEncoder().encodeToString(signature)
                : HexFormat.of().formatHex(signature)));
        return sent;
    }

    @Override
    public String expects(String secret) {
        return headers.get(0) + " must be the " + hmac + " HMAC of the exact body with " + secret
                + (template.equals(BODY) ? "" : ", as " + template) + (template.contains("{timestamp}")
                ? ", and " + timestamp + " no more than " + tolerance.toSeconds() + " seconds off" : "");
    }

    private byte[] signed(byte[] body, Function<String, String> values) {
        if (template.equals(BODY)) {
            return body;
        }
        ByteArrayOutputStream signed = new ByteArrayOutputStream(body.length + 100);
        Matcher matcher = PLACEHOLDER.matcher(template);
        int end = 0;
        while (matcher.find()) {
            signed.writeBytes(template.substring(end, matcher.start()).getBytes(StandardCharsets.UTF_8));
            signed.writeBytes(matcher.group(1).equals("body") ? body
                    : values.apply(matcher.group(1)).getBytes(StandardCharsets.UTF_8));
            end = matcher.end();
        }
        signed.writeBytes(template.substring(end).getBytes(StandardCharsets.UTF_8));
        return signed.toByteArray();
    }

    private String header(String name) {
        return name.equals("timestamp") ? timestamp : name;
    }

    private boolean isRecent(String time) {
        if (time == null || !time.matches("\\d{1,15}")) {
            return false;
        }
        long seconds = Long.parseLong(time) >= MILLIS ? Long.parseLong(time) / 1000 : Long.parseLong(time);
        return Math.abs(clock.instant().getEpochSecond() - seconds) <= tolerance.toSeconds();
    }
}
