package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.capture.InboundMessage;
import io.clickthread.capture.InboundWebhook;
import io.clickthread.channel.Channel;
import io.clickthread.channel.ChannelHealth;
import io.clickthread.channel.Provider;
import io.clickthread.support.Server;
import io.clickthread.webhook.fuzz.Sample;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/**
 * The adapters alone, on bytes that are chosen by which of their branches they reach. Whatever comes, an adapter gives an
 * answer that the ledger can store. Part of {@code mvn verify} with what it begins with, at length in the profile fuzz.
 */
class AdapterFuzzTest {

    private static final List<Sample> SAMPLES = Sample.all();
    private static final Adapters ADAPTERS = adapters();

    /** The first byte says whose webhook the others are. */
    @MethodSource("samples")
    @DictionaryEntries({"\"ctwa_clid\":", "\"ctwaClid\":", "\"referral\":", "\"contextInfo\":", "\"externalAdReply\":", "\"messages\":[",
        "\"from\":", "\"id\":", "\"timestamp\":", "\"type\":\"system\"", "@s.whatsapp.net", "@lid", "@g.us", "\\u0000", "\\ud800", "null",
        "1e999999999", "[[[[", "{\"a\":", "ReferralCtwaClid=", "%00", "&"})
    @FuzzTest(maxDuration = "10m")
    void whateverTheBytesAreTheAnswerCanBeStored(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        Sample sample = SAMPLES.get(Math.floorMod(bytes[0], SAMPLES.size()));
        Provider provider = Provider.of(sample.provider());
        if (ADAPTERS.of(provider) == null) {
            return;
        }
        InboundWebhook read = ADAPTERS.parse(provider, channel(sample.provider()), Arrays.copyOfRange(bytes, 1, bytes.length));
        read.messages().forEach(AdapterFuzzTest::canBeStored);
        read.events().forEach(event -> {
            isIdentity(event.messageId());
            isIdentity(event.eventName());
            assertThat(event.value() == null ? 0 : event.value().toPlainString().length()).isLessThan(100);
        });
    }

    static Stream<Arguments> samples() {
        return SAMPLES.stream().map(sample -> {
            byte[] text = sample.of("4479", "ARAk").getBytes(StandardCharsets.UTF_8);
            byte[] seed = new byte[text.length + 1];
            seed[0] = (byte) SAMPLES.indexOf(sample);
            System.arraycopy(text, 0, seed, 1, text.length);
            return Arguments.of((Object) seed);
        });
    }

    private static void canBeStored(InboundMessage message) {
        assertThat(message.aliases()).isNotEmpty().allSatisfy(alias -> isIdentity(alias.value()));
        isIdentity(message.participant());
        assertThat(message.messageId() != null || message.hint() != null).isTrue();
        assertThat(message.sentAt()).isPositive().isLessThan(System.currentTimeMillis() / 1000 + 100_000);
        Stream.of(message.messageId(), message.referral() == null ? null : message.referral().clickId())
                .filter(java.util.Objects::nonNull).forEach(AdapterFuzzTest::isIdentity);
        Stream.of(message.evidence(), message.name(), String.valueOf(message.referral())).filter(java.util.Objects::nonNull)
                .forEach(text -> {
                    assertThat(text.indexOf(0)).isNegative();
                    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
                    assertThat(text.length()).isLessThan(40_000);
                });
    }

    private static void isIdentity(String text) {
        assertThat(text).isNotEmpty().hasSizeLessThanOrEqualTo(600).doesNotContain("\u0000");
    }

    static Channel channel(String provider) {
        Map<String, Object> row = new HashMap<>(Map.of("id", "000000000000000000000001", "account_id",
                "000000000000000000000002", "provider", provider, "key", "4479"));
        row.put("config", provider.equals("generic") ? new String(Server.json(Sample.GENERIC_CONFIG), StandardCharsets.UTF_8) : "{}");
        return Channel.of(row);
    }

    /** The adapters as the server has them, without a server. */
    static Adapters adapters() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        ObjectMapper mapper = Server.JSON;
        beans.registerSingleton("objectMapper", mapper);
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AssignableTypeFilter(Adapter.class));
        List<Adapter> all = scan.findCandidateComponents("io.clickthread.webhook").stream().map(found -> {
            try {
                return (Adapter) beans.autowire(Class.forName(found.getBeanClassName()),
                        DefaultListableBeanFactory.AUTOWIRE_CONSTRUCTOR, false);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }).toList();
        return new Adapters(all, mapper, (ChannelHealth) null);
    }
}
