package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.clickthread.graph.GraphAnswer;
import io.clickthread.graph.GraphAnswer.Reach;
import io.clickthread.support.Server;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer of Meta means one thing, and its numbers say which. */
class VerdictTest {

    @ParameterizedTest
    @CsvSource({
        // codes without a subcode, by class
        "400, 1, TRANSIENT", "400, 2, TRANSIENT", "400, 5000, TRANSIENT", "400, -1, TRANSIENT",
        "500, 0, TRANSIENT", "502, 0, TRANSIENT", "503, 0, TRANSIENT", "504, 0, TRANSIENT", "500, 999, TRANSIENT",
        "429, 0, THROTTLED", "400, 4, THROTTLED", "400, 17, THROTTLED", "400, 32, THROTTLED", "400, 341, THROTTLED",
        "400, 613, THROTTLED", "400, 80000, THROTTLED", "400, 80003, THROTTLED", "400, 80004, THROTTLED",
        "400, 80014, THROTTLED", "400, 80008, THROTTLED", "403, 4, THROTTLED", "500, 4, THROTTLED",
        "400, 368, BLOCKED", "401, 190, BLOCKED", "400, 190, BLOCKED", "400, 102, BLOCKED", "400, 104, BLOCKED",
        "403, 10, BLOCKED", "400, 3, BLOCKED", "403, 200, BLOCKED", "403, 299, BLOCKED", "400, 250, BLOCKED",
        "400, 294, BLOCKED", "401, 0, BLOCKED", "403, 0, BLOCKED",
        "400, 100, REJECTED", "400, 0, REJECTED", "404, 0, REJECTED", "413, 0, REJECTED", "400, 999, REJECTED"})
    void aCodeDecidesBeforeTheStatus(int status, int code, Verdict verdict) throws IOException {
        String error = code == 0 ? "{}" : "{\"error\":{\"message\":\"in any language\",\"code\":" + code + "}}";
        assertThat(Verdict.of(answer(status, error), 1)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 1504022, THROTTLED", "4, 1504039, THROTTLED", "17, 2446079, THROTTLED", "17, 1885172, THROTTLED",
        "613, 1487742, THROTTLED", "613, 5044001, THROTTLED", "613, 1487632, THROTTLED", "613, 1487225, THROTTLED",
        "190, 458, BLOCKED", "190, 459, BLOCKED", "190, 460, BLOCKED", "190, 463, BLOCKED", "100, 33, BLOCKED",
        "100, 2804001, REJECTED", "100, 2804003, REJECTED", "100, 2804007, REJECTED", "100, 2804009, REJECTED",
        "100, 2804016, REJECTED", "100, 2804017, REJECTED", "100, 2804019, REJECTED", "100, 2804048, REJECTED",
        "100, 2804050, REJECTED", "100, 2804063, REJECTED", "100, 2804064, REJECTED", "100, 2804066, REJECTED",
        "100, 2804075, REJECTED", "100, 2804079, REJECTED", "100, 2804087, REJECTED", "100, 2804133, REJECTED"})
    void theSubcodesThatAreKnownMeanWhatMetaSays(int code, int subcode, Verdict verdict) throws IOException {
        assertThat(Verdict.of(answer(400, "{\"error\":{\"code\":" + code + ",\"error_subcode\":" + subcode
                + ",\"is_transient\":false}}"), 1)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, ACCEPTED", "1, 0, REJECTED", "1, 2, UNKNOWN", "1000, 1000, ACCEPTED", "1000, 999, UNKNOWN",
        "1000, 1, UNKNOWN", "1000, 0, REJECTED"})
    void aSuccessIsOneOnlyIfMetaReceivedWhatWasSent(int sent, int received, Verdict verdict) throws IOException {
        assertThat(Verdict.of(answer(200, "{\"events_received\":" + received + "}"), sent)).isEqualTo(verdict);
    }

    @Test
    void aSuccessWithoutACountIsUnknown() throws IOException {
        for (String body : new String[] {"{}", "[]", "{\"events_received\":null}", "{\"events_received\":\"many\"}"}) {
            assertThat(Verdict.of(answer(200, body), 1)).as(body).isEqualTo(Verdict.UNKNOWN);
        }
        assertThat(Verdict.of(answer(Reach.ANSWERED, 200, MissingNode.getInstance()), 1)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void whatMetaCallsTransientIsTriedAgain() throws IOException {
        assertThat(Verdict.of(answer(400, "{\"error\":{\"code\":9999,\"is_transient\":true}}"), 1))
                .isEqualTo(Verdict.TRANSIENT);
    }

    @Test
    void howFarTheCallGotDecidesWithoutAnAnswer() {
        assertThat(Verdict.of(answer(Reach.NOT_SENT, 0, MissingNode.getInstance()), 1)).isEqualTo(Verdict.TRANSIENT);
        assertThat(Verdict.of(answer(Reach.UNANSWERED, 0, MissingNode.getInstance()), 1)).isEqualTo(Verdict.UNKNOWN);
        assertThat(Verdict.of(answer(Reach.UNANSWERED, 200, MissingNode.getInstance()), 1)).isEqualTo(Verdict.UNKNOWN);
    }

    @Property(tries = 1000)
    void nothingButACountedSuccessIsAccepted(@ForAll @IntRange(min = 100, max = 599) int status, @ForAll int code,
                                             @ForAll int subcode) throws IOException {
        assertThat(Verdict.of(answer(status, "{\"error\":{\"code\":" + code + ",\"error_subcode\":" + subcode + "}}"), 1))
                .isNotEqualTo(Verdict.ACCEPTED);
    }

    @Property(tries = 300)
    void theWordsOfAnErrorChangeNothing(@ForAll String words) throws IOException {
        String quoted = Server.JSON.writeValueAsString(words);
        String error = "{\"error\":{\"code\":100,\"error_subcode\":2804087,\"message\":%s,\"error_user_title\":%s}}";
        assertThat(Verdict.of(answer(400, error.formatted(quoted, quoted)), 1)).isEqualTo(Verdict.REJECTED);
    }

    @Test
    void everyVerdictLeadsToAStateThatIsShown() {
        assertThat(Arrays.stream(Verdict.values()).map(Verdict::state).map(States::shown))
                .isSubsetOf(States.SHOWN);
    }

    private static GraphAnswer answer(int status, String body) throws IOException {
        return answer(Reach.ANSWERED, status, Server.JSON.readTree(body));
    }

    private static GraphAnswer answer(Reach reach, int status, JsonNode body) {
        return new GraphAnswer(reach, status, body, null, 0, 0);
    }
}
