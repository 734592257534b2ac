package io.clickthread.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * What a channel needs besides its secret. It holds no secrets, and the API shows it as it was given.
 *
 * @param header    the header that carries the secret, for providers that do not sign; null for {@code X-Webhook-Secret}
 * @param signature how the webhooks of a generic channel are signed; null: by the header
 * @param paths     where a generic channel's fields are, each a JSONPath; null for the others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChannelConfig(String header, Signature signature, Map<String, String> paths) {

    /** The header that carries the secret if no other is named. */
    public static final String DEFAULT_HEADER = "X-Webhook-Secret";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /**
     * How a webhook is signed.
     *
     * @param header          the header that carries the signature
     * @param algorithm       {@code hmac-sha1}, {@code hmac-sha256} or {@code hmac-sha512}
     * @param encoding        {@code hex} or {@code base64}
     * @param prefix          what stands before the signature, for example {@code sha256=}, or null
     * @param template        what is signed: {@code {body}}, {@code {url}}, {@code {timestamp}} or {@code {Name-Of-A-Header}}
     *                        among other text; null for the body alone
     * @param timestampHeader the header that {@code {timestamp}} stands for; null for {@code X-Webhook-Timestamp}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Signature(String header, String algorithm, String encoding, String prefix, String template,
                            String timestampHeader) {
    }

    /** The header that carries the secret. */
    String secretHeader() {
        return header == null ? DEFAULT_HEADER : header;
    }

    static ChannelConfig stored(String json) {
        try {
            return JSON.readValue(json, ChannelConfig.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // written by toJson
        }
    }

    /**
     * As it is stored.
     *
     * @return JSON
     */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // texts
        }
    }
}
