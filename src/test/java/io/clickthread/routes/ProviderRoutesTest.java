package io.clickthread.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.capture.Touchpoint;
import io.clickthread.channel.Authenticators;
import io.clickthread.channel.Channel;
import io.clickthread.channel.Channels;
import io.clickthread.http.Request;
import io.clickthread.support.Server;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import io.clickthread.webhook.fuzz.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The routes of all providers, by the sample of each. */
@RoutesOf({"capture/receive-webhooks", "capture/providers"})
class ProviderRoutesTest extends RouteTest {

    @Autowired
    private Channels channels;
    @Autowired
    private Authenticators authenticators;

    static Stream<Named<Sample>> clicks() {
        return Sample.all().stream().filter(sample -> sample.isClick() && !sample.provider().equals("meta"))
                .map(sample -> Named.of(sample.provider(), sample));
    }

    static Stream<String> routes() throws IOException {
        return EveryRouteIsRun.routes("capture/providers").stream();
    }

    @ParameterizedTest
    @MethodSource("clicks")
    void aProvidersSampleReachesTheStatementWithItsClickId(Sample sample) throws IOException {
        String clickId = "ARAk-" + Webhooks.unique();
        Channel channel = open(sample.provider());
        byte[] body = sample.of(channel.key(), clickId).getBytes(StandardCharsets.UTF_8);
        answersEach("insert-touchpoints", row -> Map.of("conversation_id", "c1", "is_new_click", true));
        Answer answer = answer("receive-" + sample.provider() + "-webhook", request(channel, body, TestChannel.SECRET));

        assertThat(answer.status()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        List<Touchpoint> rows = rows("insert-touchpoints");
        assertThat(rows).extracting(Touchpoint::clickId).containsExactly(clickId);
        assertThat(rows).extracting(Touchpoint::accountId).containsExactly(channel.accountId());
        assertThat(trail.steps()).containsSubsequence("verify-channel", "read-provider-webhook", "classify-messages");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void nothingIsReadBeforeTheSecretIsVerified(String route) throws IOException {
        Channel channel = open(route.replaceAll("receive-(.*)-webhook", "$1"));
        Answer answer = answer(route, request(channel, "{}".getBytes(StandardCharsets.UTF_8), "another secret"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(trail.steps()).containsExactly("verify-channel");
    }

    private Channel open(String provider) throws IOException {
        String config = provider.equals("generic") ? Server.JSON.writeValueAsString(Sample.GENERIC_CONFIG) : "{}";
        return channels.find(provider, world.channel(provider, config));
    }

    private Request request(Channel channel, byte[] body, String secret) {
        Map<String, String> headers = new TreeMap<>(authenticators.of(channel.provider(), channel.config())
                .sign("https://hooks.example" + channel.webhookPath(), body, secret.getBytes(StandardCharsets.UTF_8)));
        return Requests.of(channel.webhookPath(), "key", body, headers.entrySet().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue())).toArray(String[]::new));
    }
}
