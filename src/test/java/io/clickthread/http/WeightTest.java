package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.system.JsonConfiguration;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is measured by what it becomes, and not by its length. */
class WeightTest {

    private static final int MB = 1_000_000;
    private static final ObjectMapper JSON = JsonConfiguration.mapper();

    @ParameterizedTest
    @ValueSource(strings = {"{},", "[],", "1,", "\"\",", "{\"a\":0},", "[[]],", "{\"a\":{}},", "1.5,", "\"abcdefgh\",", "12345678901,"})
    void noTextTakesMuchMoreThanItsWeight(String element) throws Exception {
        int count = 60_000;
        byte[] body = ("[" + element.repeat(count) + "0]").getBytes(StandardCharsets.UTF_8);
        JSON.readTree(body);
        long before = allocated();
        JSON.readTree(body);
        long took = allocated() - before;

        long weight = Weight.of(Buffer.buffer(body)) + 4L * body.length;
        assertThat(took).as("%s of %d bytes", element, body.length).isLessThan(2 * weight + MB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{},", "[],", "1,", "{\"\":0},"})
    void threeMegabytesOfNothingAreRefusedAndWeighAsMuchAsTheMostThatIsParsed(String element) {
        byte[] body = ("[" + element.repeat(3 * MB / element.length()) + "0]").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> JSON.readTree(body)).isInstanceOf(StreamConstraintsException.class);
        assertThat(Weight.of(Buffer.buffer(body))).isEqualTo(JsonConfiguration.MOST_TOKENS * 150L);
    }

    @Test
    void deepNestingIsRefused() {
        int deep = JsonConfiguration.DEEPEST;
        assertThat(JSON.getFactory().streamReadConstraints().getMaxNestingDepth()).isEqualTo(deep);
        assertThatThrownBy(() -> JSON.readTree("[".repeat(deep + 1) + "]".repeat(deep + 1)))
                .isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void namesThatCollideCostNoMoreThanOthers() throws Exception {
        byte[] same = object(true);
        byte[] various = object(false);
        JSON.readTree(same);
        JSON.readTree(various);

        assertThat(cpu(same)).as("32,768 names of one hash, ms").isLessThan(1_000)
                .isLessThan(10 * cpu(various) + 100);
    }

    private static byte[] object(boolean collide) {
        StringBuilder json = new StringBuilder("{\"a\":1");
        for (int i = 0; i < 32_768; i++) {
            json.append(",\"");
            for (int bit = 0; bit < 15; bit++) {
                boolean set = (i >> bit & 1) == 1;
                json.append(collide ? set ? "BB" : "Aa" : set ? "xy" : "zw");
            }
            json.append("\":1");
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long cpu(byte[] body) throws Exception {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        JSON.readTree(body);
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / MB;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
