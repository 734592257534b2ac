package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.clickthread.graph.ErrorClass;
import io.clickthread.graph.GraphAnswer;
import io.clickthread.graph.GraphAnswer.Reach;
import io.clickthread.graph.MetaErrors;
import io.clickthread.support.Server;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer of Meta means one thing, and its numbers say which. */
class ResponseClassTest {

    private static final List<String> NOT_METAS = List.of("{}", "[]", "null", "7", "\"text\"", "{\"error\":\"unauthorized\"}",
            "{\"error\":true}", "{\"error\":[\"a\"]}", "{\"error\":{}}", "{\"error\":{\"message\":\"no\"}}", "{\"error\":null}",
            "{\"error\":{\"code\":0}}", "{\"error\":{\"code\":{}}}", "{\"error\":{\"code\":\"OAuth\"}}",
            "{\"error\":{\"code\":99999999999}}", "{\"error_code\":100,\"error_subcode\":2804087}");

    @ParameterizedTest
    @CsvSource({
        "400, 1, 0, TRANSIENT", "400, 2, 0, TRANSIENT", "400, 5000, 0, TRANSIENT", "400, -1, 0, TRANSIENT", "500, 999, 0, TRANSIENT",
        "429, 999, 0, THROTTLED", "400, 4, 0, THROTTLED", "400, 17, 2446079, THROTTLED", "400, 80008, 0, THROTTLED",
        "403, 4, 0, THROTTLED", "500, 4, 0, THROTTLED", "401, 190, 463, BLOCKED", "429, 190, 0, BLOCKED", "500, 190, 0, BLOCKED",
        "403, 10, 0, BLOCKED", "400, 368, 0, BLOCKED", "400, 100, 33, BLOCKED", "404, 803, 0, BLOCKED", "400, 2635, 0, BLOCKED",
        "400, 2500, 0, BLOCKED", "400, 12, 0, BLOCKED", "400, 100, 2804132, BLOCKED", "401, 999, 0, BLOCKED", "403, 999, 0, BLOCKED",
        "400, 999, 0, UNEXPLAINED", "400, 100, 0, UNEXPLAINED", "400, 100, 1815356, UNEXPLAINED", "404, 999, 0, UNEXPLAINED",
        "400, 100, 2804003, REJECTED", "400, 100, 2804010, REJECTED", "400, 100, 2804087, REJECTED", "500, 100, 2804087, REJECTED",
        "200, 803, 0, BLOCKED", "200, 999, 0, UNKNOWN", "200, 100, 0, UNKNOWN"})
    void theNumbersOfAnErrorOfMetasDecide(int status, int code, int subcode, ResponseClass verdict) throws IOException {
        String numbers = "\"code\":" + code + ",\"error_subcode\":" + subcode;
        assertThat(ResponseClass.of(answer(status, "{\"error\":{\"message\":\"in any language\"," + numbers + "}}"), 1)).isEqualTo(verdict);
        String texts = "\"code\":\"" + code + "\",\"error_subcode\":\" " + subcode + " \"";
        assertThat(ResponseClass.of(answer(status, "{\"error\":{" + texts + "}}"), 1)).as("as texts").isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 407, 408, 409, 410, 411, 413, 414, 415, 417,
        418, 421, 422, 423, 424, 425, 426, 428, 431, 451, 499, 500, 501, 502, 503, 505, 507, 508, 511, 521, 522, 523, 525, 526, 530})
    void whatIsNotMetasErrorIsTriedAgain(int status) throws IOException {
        assertThat(ResponseClass.of(answer(Reach.ANSWERED, status, MissingNode.getInstance()), 1)).isEqualTo(ResponseClass.TRANSIENT);
        for (String body : NOT_METAS) {
            assertThat(ResponseClass.of(answer(status, body), 1)).as(body).isEqualTo(ResponseClass.TRANSIENT);
        }
    }

    @ParameterizedTest
    @CsvSource({"429, THROTTLED", "504, UNKNOWN", "520, UNKNOWN", "524, UNKNOWN", "598, UNKNOWN", "599, UNKNOWN", "200, UNKNOWN",
        "201, UNKNOWN", "202, UNKNOWN", "204, UNKNOWN", "206, UNKNOWN"})
    void whatAGatewayMayHaveSentOnIsUnknownAndTooManyCallsWait(int status, ResponseClass verdict) throws IOException {
        assertThat(ResponseClass.of(answer(Reach.ANSWERED, status, MissingNode.getInstance()), 1)).isEqualTo(verdict);
        for (String body : NOT_METAS) {
            assertThat(ResponseClass.of(answer(status, body), 1)).as(body).isEqualTo(verdict);
        }
    }

    @Test
    void anErrorOfAGatewayInMetasShapeHasItsStatusAsCode() throws IOException {
        assertThat(ResponseClass.of(answer(400, "{\"error\":{\"code\":400,\"message\":\"no\"}}"), 1)).isEqualTo(ResponseClass.TRANSIENT);
        assertThat(ResponseClass.of(answer(403, "{\"error\":{\"code\":\"403\",\"status\":\"DENIED\"}}"), 1)).isEqualTo(ResponseClass.TRANSIENT);
    }

    @Test
    void anErrorThatIsNullIsNone() throws IOException {
        assertThat(ResponseClass.of(answer(200, "{\"events_received\":1,\"error\":null}"), 1)).isEqualTo(ResponseClass.ACCEPTED);
    }

    @Test
    void anErrorBesideACountIsUnknown() throws IOException {
        for (String code : new String[] {"190", "100,\"error_subcode\":2804087", "1", "4"}) {
            assertThat(ResponseClass.of(answer(200, "{\"events_received\":1,\"error\":{\"code\":" + code + "}}"), 2)).as(code)
                    .isEqualTo(ResponseClass.UNKNOWN);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, ACCEPTED", "1, 0, REJECTED", "1, 2, UNKNOWN", "1000, 1000, ACCEPTED", "1000, 999, UNKNOWN",
        "1000, 1, UNKNOWN", "1000, 0, REJECTED", "1, '\"1\"', ACCEPTED",
        "1, 1.0, ACCEPTED", "1, 1.5, UNKNOWN", "1, 4294967297, UNKNOWN", "1, 1e999999, UNKNOWN", "1, true, UNKNOWN", "1, [1], UNKNOWN"})
    void aSuccessIsOneOnlyIfMetaReceivedWhatWasSent(int sent, String received, ResponseClass verdict) throws IOException {
        assertThat(ResponseClass.of(answer(200, "{\"events_received\":" + received + "}"), sent)).isEqualTo(verdict);
    }

    @Test
    void aSuccessWithoutACountIsUnknown() throws IOException {
        for (String body : new String[] {"{}", "[]", "{\"events_received\":null}", "{\"events_received\":\"many\"}"}) {
            assertThat(ResponseClass.of(answer(200, body), 1)).as(body).isEqualTo(ResponseClass.UNKNOWN);
        }
        assertThat(ResponseClass.of(answer(Reach.ANSWERED, 200, MissingNode.getInstance()), 1)).isEqualTo(ResponseClass.UNKNOWN);
    }

    @Test
    void whatMetaCallsTransientIsTriedAgain() throws IOException {
        assertThat(ResponseClass.of(answer(400, "{\"error\":{\"code\":9999,\"is_transient\":true}}"), 1))
                .isEqualTo(ResponseClass.TRANSIENT);
    }

    @Test
    void howFarTheCallGotDecidesWithoutAnAnswer() {
        assertThat(ResponseClass.of(answer(Reach.NOT_SENT, 0, MissingNode.getInstance()), 1)).isEqualTo(ResponseClass.TRANSIENT);
        assertThat(ResponseClass.of(answer(Reach.UNANSWERED, 0, MissingNode.getInstance()), 1)).isEqualTo(ResponseClass.UNKNOWN);
        assertThat(ResponseClass.of(answer(Reach.UNANSWERED, 200, MissingNode.getInstance()), 1)).isEqualTo(ResponseClass.UNKNOWN);
    }

    @Property(tries = 3000)
    void whateverComesIsJudgedAndOnlyAnErrorOfMetasAboutTheEventOrACountOfNoneRejectsIt(
            @ForAll @IntRange(min = 0, max = 999) int status, @ForAll("bodies") JsonNode body,
            @ForAll @IntRange(min = 1, max = 1000) int sent) {
        GraphAnswer answer = answer(Reach.ANSWERED, status, body);
        ResponseClass verdict = ResponseClass.of(answer, sent);
        if (verdict == ResponseClass.REJECTED) {
            boolean isEvents = answer.isGraphError() && MetaErrors.find(answer).errorClass() == ErrorClass.EVENT;
            boolean isDiscarded = answer.isSuccess() && body.path("events_received").asInt(-1) == 0;
            assertThat(isEvents || isDiscarded).as(body.toString()).isTrue();
        }
        if (verdict == ResponseClass.ACCEPTED) {
            assertThat(status / 100).isEqualTo(2);
            assertThat(body.path("events_received").asInt()).isEqualTo(sent);
        }
        assertThat(OutcomeMessages.of(verdict, answer)).isNotBlank();
        assertThat(OutcomeMessages.ofDestination(verdict, answer)).isNotBlank();
    }

    /** JSON of the fields that answers have, with values of any kind in any of them. */
    @Provide
    Arbitrary<JsonNode> bodies() {
        Arbitrary<JsonNode> values = Arbitraries.oneOf(
                Arbitraries.of(0, 1, 2, 4, 33, 100, 190, 200, 400, 803, 2635, 2804010, 2804087, 2804131, -1).map(IntNode::valueOf),
                Arbitraries.longs().map(LongNode::valueOf), Arbitraries.doubles().map(DoubleNode::valueOf),
                Arbitraries.strings().ofMaxLength(8).map(TextNode::valueOf), Arbitraries.integers().map(i -> TextNode.valueOf("" + i)),
                Arbitraries.of(NullNode.getInstance(), BooleanNode.TRUE, MissingNode.getInstance()));
        Arbitrary<JsonNode> errors = Arbitraries.maps(Arbitraries.of("code", "error_subcode", "is_transient", "message",
                "error_user_msg", "fbtrace_id"), values).map(Server.JSON::<JsonNode>valueToTree);
        Arbitrary<JsonNode> inner = Arbitraries.oneOf(values, errors);
        Arbitrary<JsonNode> bodies = Arbitraries.maps(Arbitraries.of("error", "events_received", "fbtrace_id", "messages"), inner)
                .map(Server.JSON::<JsonNode>valueToTree);
        return Arbitraries.oneOf(bodies, inner, inner.list().ofMaxSize(2).map(Server.JSON::<JsonNode>valueToTree));
    }

    @Property(tries = 300)
    void theWordsOfAnErrorChangeNothing(@ForAll String words) throws IOException {
        String quoted = Server.JSON.writeValueAsString(words);
        String error = "{\"error\":{\"code\":100,\"error_subcode\":2804087,\"message\":%s,\"error_user_title\":%s}}";
        assertThat(ResponseClass.of(answer(400, error.formatted(quoted, quoted)), 1)).isEqualTo(ResponseClass.REJECTED);
    }

    @Test
    void everyVerdictLeadsToAStateThatIsShown() {
        assertThat(Arrays.stream(ResponseClass.values()).map(ResponseClass::state).map(States::shown))
                .isSubsetOf(States.SHOWN);
    }

    private static GraphAnswer answer(int status, String body) throws IOException {
        return answer(Reach.ANSWERED, status, Server.JSON.readTree(body));
    }

    private static GraphAnswer answer(Reach reach, int status, JsonNode body) {
        return new GraphAnswer(reach, status, body, null, 0, 0);
    }
}
