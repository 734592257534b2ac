package io.clickthread.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clickthread.graph.GraphAnswer.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of Meta's errors: every row is reached, and no row lets an event be rejected that is not at fault. */
class MetaErrorsTest {

    static List<MetaError> rows() {
        return MetaErrors.TABLE;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void noRowStandsInTheShadowOfAnother(MetaError row) {
        GraphAnswer last = error(last(row.status(), 400), last(row.code(), 999_999), last(row.subcode(), 0), false);
        assertThat(MetaErrors.find(last)).isEqualTo(row);
        assertThat(MetaErrors.of(last)).isEqualTo(row.errorClass());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void thePageOfTheArchitectureHasTheRow(MetaError row) throws IOException {
        assertThat(Files.readString(Path.of("docs/architecture.md"))).contains(line(row));
    }

    @ParameterizedTest
    @CsvSource({"4, 1504022, CALLS", "17, 2446079, CALLS", "613, 1487742, CALLS", "80004, 2446079, CALLS", "80014, 0, CALLS",
        "190, 458, TOKEN", "190, 463, TOKEN", "190, 492, TOKEN", "190, 2069032, TOKEN", "102, 463, TOKEN", "104, 0, TOKEN",
        "10, 0, PERMISSION", "200, 1870034, PERMISSION", "270, 0, PERMISSION", "294, 1487390, PERMISSION", "299, 0, PERMISSION",
        "368, 0, POLICY", "100, 33, DATASET", "803, 0, DATASET", "100, 2804131, DATASET", "100, 2804132, DATASET",
        "2500, 0, VERSION", "2635, 0, VERSION", "12, 0, VERSION", "1, 99, OUTAGE", "2, 0, OUTAGE", "-3, 0, OUTAGE",
        "100, 2804010, EVENT", "100, 2804087, EVENT", "100, 2804099, EVENT", "100, 2804100, UNEXPLAINED",
        "100, 2803999, UNEXPLAINED", "100, 0, UNEXPLAINED", "100, 1487694, UNEXPLAINED", "506, 0, UNEXPLAINED",
        "131047, 0, UNEXPLAINED", "99, 2804087, UNEXPLAINED"})
    void theNumbersSayWhoseFaultItIs(int code, int subcode, ErrorClass errorClass) {
        assertThat(MetaErrors.of(error(400, code, subcode, false))).isEqualTo(errorClass);
    }

    @Test
    void whatMetaCallsTransientPassesLaterUnlessSomebodyHasToActFirst() {
        assertThat(MetaErrors.of(error(400, 999_999, 0, true))).isEqualTo(ErrorClass.OUTAGE);
        assertThat(MetaErrors.of(error(400, 100, 2804087, true))).isEqualTo(ErrorClass.OUTAGE);
        assertThat(MetaErrors.of(error(400, 190, 463, true))).isEqualTo(ErrorClass.TOKEN);
        assertThat(MetaErrors.of(error(400, 4, 0, true))).isEqualTo(ErrorClass.CALLS);
    }

    @Property(tries = 5_000)
    void onlyCode100WithASubcodeOfTheConversionsApiIsAFaultOfAnEvent(@ForAll @IntRange(min = 100, max = 599) int status,
                                                                    @ForAll int code, @ForAll int subcode) {
        assertThat(MetaErrors.of(error(status, code, subcode, false))).isNotEqualTo(ErrorClass.EVENT);
        if (MetaErrors.of(error(status, 100, subcode, false)) == ErrorClass.EVENT) {
            assertThat(subcode).isBetween(2_804_000, 2_804_199);
        }
    }

    private static String line(MetaError row) {
        return "| " + row.code() + " | " + row.subcode() + " | " + row.status() + " | " + row.meaning() + " | "
                + row.errorClass().name().toLowerCase() + " | " + row.source() + " |";
    }

    private static int last(String range, int otherwise) {
        int dash = range.indexOf('-', 1);
        return range.equals("*") ? otherwise : Integer.parseInt(dash < 0 ? range : range.substring(dash + 1));
    }

    private static GraphAnswer error(int status, int code, int subcode, boolean isTransient) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", code).put("error_subcode", subcode).put("is_transient", isTransient);
        return new GraphAnswer(Reach.ANSWERED, status, body, null, 0, 0);
    }
}
