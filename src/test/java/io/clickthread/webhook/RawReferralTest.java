package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a provider's words about an ad only those are kept whose names say so. */
class RawReferralTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"ctwa_clid\":\"a\",\"source_id\":\"1\",\"source_type\":\"ad\",\"source_url\":\"u\",\"headline\":\"h\",\"body\":\"b\",\"media_type\":\"image\"}",
        "{\"ctwaClid\":\"a\",\"sourceId\":\"1\",\"sourceType\":\"ad\",\"sourceUrl\":\"u\",\"mediaType\":1,\"title\":\"t\"}",
        "{\"ctwa\":\"a\",\"source\":{\"id\":\"1\",\"type\":\"ad\",\"url\":\"u\"},\"title\":\"t\",\"media_type\":\"video\"}",
        "{\"ctwaClickId\":\"a\",\"referralMedia\":{\"type\":\"IMAGE\",\"url\":\"u\"}}",
        "{\"ReferralCtwaClid\":\"a\",\"ReferralSourceId\":\"1\",\"ReferralBody\":\"b\",\"ReferralMediaContentType\":\"image/png\"}",
        "{\"externalAdReply\":{\"sourceID\":\"1\",\"description\":\"d\",\"ctwaCLID\":\"a\"},\"entryPointConversionSource\":\"ctwa_ad\",\"ctwaPayload\":[]}",
        "{\"ctwaContext\":{\"sourceUrl\":\"u\",\"linkPreview\":false,\"sourceType\":\"ad\"}}"})
    void whatAdaptersReadIsKept(String words) throws JsonProcessingException {
        assertThat(RawReferral.of(MAPPER.readTree(words))).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"thumbnail", "jpegThumbnail", "quotedMessage", "text", "conversation", "from", "participant", "remoteJid",
        "pushName", "phone", "wa_id", "profile", "greetingMessageBody", "email", "caption", "contacts", "messages"})
    void whatElseStandsBesideItIsNot(String name) throws JsonProcessingException {
        String words = "{\"ctwa_clid\":\"a\",\"" + name + "\":%s,\"source\":{\"id\":\"1\",\"" + name + "\":%s}}";

        for (String value : new String[] {"\"secret\"", "{\"type\":\"secret\"}", "[{\"body\":\"secret\"}]"}) {
            assertThat(RawReferral.of(MAPPER.readTree(words.formatted(value, value))))
                    .isEqualTo("{\"ctwa_clid\":\"a\",\"source\":{\"id\":\"1\"}}");
        }
    }

    @Test
    void longTextsAndManyElementsAreNotKept() throws JsonProcessingException {
        String words = "{\"ctwa_clid\":\"a\",\"body\":\"" + "x".repeat(3_000) + "\",\"source\":[" + "1,".repeat(64) + "1]}";

        assertThat(RawReferral.of(MAPPER.readTree(words))).isEqualTo("{\"ctwa_clid\":\"a\"}");
        assertThat(RawReferral.of(MAPPER.readTree("[]"))).isNull();
    }
}
