package io.clickthread.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.http.Request;
import io.clickthread.security.Hmac;
import io.clickthread.support.Signed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to know a sender that only sources of conversions have. */
class SourceSchemesTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_795_341_524L);
    private static final byte[] SECRET = bytes("open sesame");
    private static final byte[] BODY = bytes("{\"a\":1}");

    private final Authenticator basic = new BasicPassword();
    private final Authenticator elements = new SignedElements("Stripe-Signature", "v1", new SignedBody(List.of("v1"), Hmac.SHA256, false, "",
            "{timestamp}.{body}", "t", Duration.ofMinutes(5), Clock.fixed(NOW, ZoneOffset.UTC), null));

    @Test
    void thePasswordsOfTheStandardFit() {
        assertThat(basic.fits(request("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), SECRET)).isTrue();
        assertThat(basic.fits(request("Authorization", "basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), SECRET)).isTrue();
        assertThat(basic.fits(request("Authorization", "Basic dGVzdDoxMjPCow=="), bytes("123£"))).isTrue();
        assertThat(basic.fits(request("Authorization", "Basic dGVzdDoxMjPCow=="), SECRET)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic !", "Bearer open sesame", "open sesame", "Basic b3BlbiBzZXNhbWU=", "Basic Og=="})
    void whatIsNoPasswordFitsNothing(String header) {
        assertThat(basic.fits(request("Authorization", header), SECRET)).isFalse();
        assertThat(basic.fits(request("X-Other", header), SECRET)).isFalse();
    }

    @Test
    void whatASchemeSignsItselfFits() {
        for (Authenticator scheme : List.of(basic, elements)) {
            Map<String, String> headers = scheme.sign("https://a.example", BODY, SECRET);
            assertThat(headers).hasSize(1);
            headers.forEach((name, value) -> {
                assertThat(scheme.fits(request(name, value), SECRET)).isTrue();
                assertThat(scheme.fits(request(name, value), bytes("another"))).isFalse();
                assertThat(scheme.expects("the secret of X")).contains("the secret of X").doesNotContain("sesame");
            });
        }
    }

    @Test
    void oneOfSeveralSignaturesInAListIsEnoughAndOnlyTheFirstFewAreLookedAt() {
        String good = Signed.hex("HmacSHA256", bytes(NOW.getEpochSecond() + ".{\"a\":1}"), "open sesame");
        String time = "t=" + NOW.getEpochSecond();
        assertThat(elements.fits(request("Stripe-Signature", time + ", v0=1,v1=00 ,v1=" + good), SECRET)).isTrue();
        assertThat(elements.fits(request("Stripe-Signature", "v1=" + good + ";" + time), SECRET)).isTrue();
        assertThat(elements.fits(request("Stripe-Signature", time + ",v1=00".repeat(5) + ",v1=" + good), SECRET)).isFalse();
        assertThat(elements.fits(request("Stripe-Signature", "t=" + (NOW.getEpochSecond() - 1) + "," + time + ",v1=" + good), SECRET))
                .as("the first time counts").isFalse();
    }

    private static Request request(String header, String value) {
        Map<String, String> headers = new HashMap<>(Map.of(header.toLowerCase(Locale.ROOT), value));
        return new Request("/", "/", Map.of(), Map.of(), name -> headers.get(name.toLowerCase(Locale.ROOT)), BODY);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
