package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a signature covers of an address, however the client or a proxy writes it. */
class RequestTargetTest {

    @ParameterizedTest
    @CsvSource({"/webhooks/twilio/k, /webhooks/twilio/k", "/a?b=http://c/d, /a?b=http://c/d", "http://evil/webhooks/k, /webhooks/k",
        "https://evil:8080/a?b=c, /a?b=c", "http://evil, /", "http://evil?a=b, /?a=b", "*, *"})
    void theHostIsNoPartOfIt(String uri, String target) {
        assertThat(ReadRequest.target(uri)).isEqualTo(target);
    }
}
