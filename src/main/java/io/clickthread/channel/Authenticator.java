package io.clickthread.channel;

import io.clickthread.http.Request;
import java.util.Map;

/** One way in which providers authenticate their webhooks. */
public interface Authenticator {

    /**
     * Whether a request was made by somebody who knows the secret; over the exact bytes, comparing in constant time.
     *
     * @param request the webhook
     * @param secret  the channel's secret
     * @return true if so
     */
    boolean fits(Request request, byte[] secret);

    /**
     * The headers with which the provider would send a webhook, for the simulator.
     *
     * @param url    the webhook's address as the provider knows it
     * @param body   the exact bytes
     * @param secret the channel's secret
     * @return names and values
     */
    Map<String, String> sign(String url, byte[] body, byte[] secret);

    /**
     * What is expected, for a refusal's sentence.
     *
     * @param secret what the sentence calls the secret, for example {@code the channel's secret}
     * @return such as {@code the header X-Webhook-Secret must hold the channel's secret}
     */
    String expects(String secret);
}
