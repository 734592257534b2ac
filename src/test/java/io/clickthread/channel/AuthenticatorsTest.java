package io.clickthread.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.http.Request;
import io.clickthread.security.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to vouch for a webhook, by the values that its provider documents and by forgeries. */
class AuthenticatorsTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_795_341_524L);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final byte[] SECRET = bytes("a secret");
    private static final byte[] BODY = bytes("{\"a\":1}");

    @Test
    void metasPublishedSignatureFits() {
        Authenticator meta = hmac(Hmac.SHA256, "sha256=", "{body}", null, "X-Hub-Signature-256");
        byte[] secret = bytes("It's a Secret to Everybody");
        String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

        assertThat(meta.fits(request(bytes("Hello, World!"), "X-Hub-Signature-256", signature), secret)).isTrue();
        assertThat(meta.fits(request(bytes("Hello, World."), "X-Hub-Signature-256", signature), secret)).isFalse();
        assertThat(meta.fits(request(bytes("Hello, World!"), "X-Hub-Signature-256", signature.substring(7)), secret)).isFalse();
    }

    @Test
    void wahasPublishedSignatureFits() {
        Authenticator waha = hmac(Hmac.SHA512, "", "{body}", null, "X-Webhook-Hmac");
        String signature = "208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8"
                + "097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89";

        assertThat(waha.fits(request(bytes("{\"event\":\"message\",\"session\":\"default\",\"engine\":\"WEBJS\"}"),
                "x-webhook-hmac", signature), bytes("my-secret-key"))).isTrue();
    }

    @Test
    void twiliosPublishedSignatureFitsWhateverProxyIsBetween() {
        TwilioSignature twilio = new TwilioSignature("https://mycompany.com");
        byte[] form = bytes("Digits=1234&CallSid=CA1234567890ABCDE&To=%2B18005551212&From=%2B14158675310&Caller=%2B14158675310");
        Map<String, String> headers = Map.of("X-Twilio-Signature", "GvWf1cFY/Q7PnoempGyD5oXAezc=", "Host", "10.0.0.7:8080");

        assertThat(twilio.fits(request("/myapp.php?foo=1&bar=2", form, headers), bytes("12345"))).isTrue();
        assertThat(twilio.fits(request("/myapp.php?foo=1&bar=3", form, headers), bytes("12345"))).isFalse();
        assertThat(twilio.fits(request("/myapp.php?foo=1&bar=2", bytes(new String(form) + "&New=1"), headers), bytes("12345")))
                .as("a field that was not signed").isFalse();
        assertThat(twilio.fits(request("/myapp.php?foo=1&bar=2", bytes("a=%zz"), headers), bytes("12345"))).isFalse();
        assertThat(new TwilioSignature(null).fits(request("/myapp.php?foo=1&bar=2", form,
                Map.of("X-Twilio-Signature", "GvWf1cFY/Q7PnoempGyD5oXAezc=", "Host", "mycompany.com")), bytes("12345")))
                .as("by the Host header").isTrue();
    }

    @Test
    void twilioMaySignWithThePortOrWithout() {
        TwilioSignature with = new TwilioSignature("https://mycompany.com:443");
        TwilioSignature without = new TwilioSignature("https://mycompany.com");
        byte[] form = bytes("b=2&a=1&b=2&b=0");

        assertThat(without.fits(request("/x", form, with.sign("https://mycompany.com:443/x", form, SECRET)), SECRET)).isTrue();
        assertThat(with.fits(request("/x", form, without.sign("https://mycompany.com/x", form, SECRET)), SECRET)).isTrue();
    }

    @Test
    void aProxyMayTakeTheBeginningOfThePathAway() {
        TwilioSignature twilio = new TwilioSignature("https://mycompany.com/clickthread");
        byte[] form = bytes("b=2&a=1");
        String target = "/webhooks/twilio/%2B14155238886?x=1";
        Map<String, String> headers = twilio.sign("https://mycompany.com/clickthread" + target, form, SECRET);

        assertThat(twilio.fits(request(target, form, headers), SECRET)).isTrue();
        assertThat(twilio.fits(request("/webhooks/twilio/+14155238886?x=1", form, headers), SECRET)).isFalse();
    }

    @Test
    void aSecretInAHeaderMustBeTheWholeSecret() {
        SecretHeader header = new SecretHeader("X-Webhook-Secret");

        assertThat(header.fits(request(BODY, "x-webhook-secret", "a secret"), SECRET)).isTrue();
        for (String wrong : List.of("", "a secre", "a secret ", "A secret", "Bearer a secret")) {
            assertThat(header.fits(request(BODY, "X-Webhook-Secret", wrong), SECRET)).as(wrong).isFalse();
        }
        assertThat(header.fits(request(BODY, "Other", "a secret"), SECRET)).isFalse();
        assertThat(new SecretHeader("Authorization").fits(request(BODY, "Authorization", "Bearer a secret"), SECRET)).isTrue();
    }

    @Test
    void aSignedTimeMayBeFiveMinutesOffAndNoMore() {
        Authenticator chatwoot = hmac(Hmac.SHA256, "sha256=", "{timestamp}.{body}", "X-Chatwoot-Timestamp", "X-Chatwoot-Signature");
        for (long off : new long[] {-300, 0, 300}) {
            assertThat(chatwoot.fits(signedAt(NOW.getEpochSecond() + off), SECRET)).as("%d s", off).isTrue();
        }
        for (long off : new long[] {-301, 301, -86_400}) {
            assertThat(chatwoot.fits(signedAt(NOW.getEpochSecond() + off), SECRET)).as("%d s", off).isFalse();
        }
        assertThat(chatwoot.fits(request(BODY, "X-Chatwoot-Signature", "sha256=" + hex(BODY)), SECRET))
                .as("without a time").isFalse();
    }

    @Test
    void aTokenOfEvolutionsIsGoodUntilItEnds() {
        SignedToken evolution = new SignedToken(false, new SecretHeader("X-Webhook-Secret"), TOLERANCE, CLOCK);

        assertThat(evolution.fits(bearer(jwt("HS256", "{\"app\":\"evolution\",\"exp\":%d}", 60)), SECRET)).isTrue();
        assertThat(evolution.fits(bearer(jwt("HS256", "{\"app\":\"evolution\",\"exp\":%d}", -600)), SECRET)).isFalse();
        assertThat(evolution.fits(bearer(jwt("HS256", "{\"exp\":%d}", 60)), bytes("another secret"))).isFalse();
        assertThat(evolution.fits(request(BODY, "X-Webhook-Secret", "a secret"), SECRET)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS512", "RS256"})
    void aTokenThatNamesAnotherAlgorithmIsRefused(String algorithm) {
        SignedToken evolution = new SignedToken(false, null, TOLERANCE, CLOCK);

        assertThat(evolution.fits(bearer(jwt(algorithm, "{\"exp\":%d}", 60)), SECRET)).isFalse();
        String unsigned = jwt(algorithm, "{\"exp\":%d}", 60);
        assertThat(evolution.fits(bearer(unsigned.substring(0, unsigned.lastIndexOf('.') + 1)), SECRET)).isFalse();
    }

    @Test
    void aTokenOfVonagesIsGoodForItsBodyAndForFiveMinutes() throws Exception {
        SignedToken vonage = new SignedToken(true, null, TOLERANCE, CLOCK);
        String hash = HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(BODY));
        String claims = "{\"iss\":\"Vonage\",\"payload_hash\":\"" + hash + "\",\"iat\":%d}";

        assertThat(vonage.fits(bearer(jwt("HS256", claims, 0)), SECRET)).isTrue();
        assertThat(vonage.fits(bearer(jwt("HS256", claims.replace(hash, hash.toUpperCase(Locale.ROOT)), -299)), SECRET)).isTrue();
        assertThat(vonage.fits(bearer(jwt("HS256", claims, -301)), SECRET)).isFalse();
        assertThat(vonage.fits(bearer(jwt("HS256", claims.replace(hash, hash.replace('0', '1')), 0)), SECRET)).isFalse();
        assertThat(vonage.fits(bearer(jwt("HS256", "{\"iat\":%d}", 0)), SECRET)).isFalse();
        assertThat(vonage.fits(bearer("not.a.token"), SECRET)).isFalse();
        assertThat(vonage.fits(request(BODY, "Authorization", "a secret"), SECRET)).isFalse();
    }

    @Test
    void aSignatureInHexadecimalDigitsHasNoCase() {
        Authenticator meta = hmac(Hmac.SHA256, "sha256=", "{body}", null, "X-Hub-Signature-256");
        String good = "sha256=" + hex(BODY);

        assertThat(meta.fits(request(BODY, "X-Hub-Signature-256", "sha256=" + hex(BODY).toUpperCase(Locale.ROOT)), SECRET)).isTrue();
        assertThat(meta.fits(request(BODY, "X-Hub-Signature-256", "SHA256=" + hex(BODY)), SECRET)).isFalse();
        assertThat(meta.fits(request(BODY, "X-Hub-Signature-256", good + "00"), SECRET)).isFalse();
        Authenticator base64 = new SignedBody(List.of("X-S"), Hmac.SHA256, true, "v1=", "{body}", null, TOLERANCE, CLOCK, null);
        String written = Base64.getEncoder().encodeToString(mac(BODY));
        assertThat(base64.fits(request(BODY, "X-S", "v1=" + written), SECRET)).isTrue();
        assertThat(base64.fits(request(BODY, "X-S", "v1=" + written.toUpperCase(Locale.ROOT)), SECRET)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"iat\":1000000000000000000}", "{\"exp\":1000000000000000000,\"iat\":-1000000000000000000}",
        "{\"exp\":\"x\"}", "null", "[]", "", "{", "{\"nbf\":{}}", "{\"iat\":1e400}"})
    void aTokenWithClaimsThatAreNoneIsRefusedAndDoesNotFail(String claims) {
        for (SignedToken scheme : List.of(new SignedToken(true, null, TOLERANCE, CLOCK), new SignedToken(false, null, TOLERANCE, CLOCK))) {
            assertThat(scheme.fits(bearer(token("{\"alg\":\"HS256\"}", claims, true)), SECRET) && scheme.ofBody()).isFalse();
            assertThat(scheme.fits(bearer(token("{\"alg\":\"HS256\"}", claims, false)), SECRET)).as("unsigned").isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "", "7", "{\"alg\":null}", "{\"alg\":7}", "{\"alg\":\"none\"}",
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}", "{\"alg\":\"HS256\",\"crit\":[]}", "{\"alg\":\"HS256\",\"crit\":null}",
        "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}"})
    void aTokenWithAnotherHeaderIsRefusedAndDoesNotFail(String header) {
        SignedToken evolution = new SignedToken(false, null, TOLERANCE, CLOCK);
        String claims = "{\"exp\":" + (NOW.getEpochSecond() + 60) + "}";

        assertThat(evolution.fits(bearer(token("{\"alg\":\"HS256\"}", claims, true)), SECRET)).isTrue();
        assertThat(evolution.fits(bearer(token(header, claims, true)), SECRET)).isFalse();
        assertThat(evolution.fits(bearer(token(header, claims, false)), SECRET)).as("unsigned").isFalse();
    }

    @Test
    void withThePublicUrlSetTwilioSignsForNoOtherAddress() {
        byte[] form = bytes("a=1");
        TwilioSignature twilio = new TwilioSignature("https://mycompany.com");
        for (String other : List.of("https://elsewhere.com", "http://elsewhere.com", "http://mycompany.com")) {
            Map<String, String> headers = new HashMap<>(twilio.sign(other + "/x", form, SECRET));
            headers.put("Host", other.substring(other.indexOf("//") + 2));

            assertThat(twilio.fits(request("/x", form, headers), SECRET)).as(other).isFalse();
            assertThat(new TwilioSignature(null).fits(request("/x", form, headers), SECRET)).as(other).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"hmac-sha1,SHA1", "HmacSHA256,SHA256", "sha512,SHA512", "HMAC_SHA256,SHA256", "md5,", "hmac,", "'',"})
    void aHashIsKnownByEverySpellingOfItsName(String name, Hmac hmac) {
        assertThat(Hmac.of(name)).isEqualTo(hmac);
    }

    private static Authenticator hmac(Hmac hmac, String prefix, String template, String timestamp, String header) {
        return new SignedBody(List.of(header), hmac, false, prefix, template, timestamp, TOLERANCE, CLOCK, null);
    }

    private static Request signedAt(long seconds) {
        return request("/", BODY, Map.of("X-Chatwoot-Timestamp", Long.toString(seconds),
                "X-Chatwoot-Signature", "sha256=" + hex(bytes(seconds + "." + new String(BODY, StandardCharsets.UTF_8)))));
    }

    private static String hex(byte[] signed) {
        return HexFormat.of().formatHex(mac(signed));
    }

    /** A token made by hand, with the seconds from now put into its claims. */
    private static String jwt(String algorithm, String claims, int seconds) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String head = base64.encodeToString(bytes("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}")) + "."
                + base64.encodeToString(bytes(String.format(claims, NOW.getEpochSecond() + seconds)));
        return head + "." + base64.encodeToString(mac(bytes(head)));
    }

    /** A token of any header and claims. */
    private static String token(String header, String claims, boolean signed) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String head = base64.encodeToString(bytes(header)) + "." + base64.encodeToString(bytes(claims));
        return head + "." + base64.encodeToString(signed ? mac(bytes(head)) : new byte[32]);
    }

    private static byte[] mac(byte[] signed) {
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new javax.crypto.spec.SecretKeySpec(SECRET, "HmacSHA256"));
            return mac.doFinal(signed);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Request bearer(String token) {
        return request(BODY, "Authorization", "Bearer " + token);
    }

    private static Request request(byte[] body, String header, String value) {
        return request("/", body, Map.of(header, value));
    }

    private static Request request(String target, byte[] body, Map<String, String> headers) {
        Map<String, String> byName = new HashMap<>();
        headers.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
        return new Request(target, target, Map.of(), Map.of(), name -> byName.get(name.toLowerCase(Locale.ROOT)), body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
