package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The header that names what was not read is made of the caller's words, and is a header all the same. */
class IgnoredFieldsTest {

    @Test
    void namesAreToldInTheirOrderAndEachOnce() {
        assertThat(IgnoredFields.header(IgnoredFields.told(List.of("eventtime", "client_ip", "eventtime"))))
                .isEqualTo(Map.of("X-Ignored-Fields", "eventtime, client_ip"));
        assertThat(IgnoredFields.header(List.of())).isEmpty();
    }

    @Property
    void whateverTheNamesAreTheHeaderIsOneLineOfPlainSignsAndNotLong(@ForAll List<String> names) {
        List<String> told = IgnoredFields.told(names);
        String header = IgnoredFields.header(told).getOrDefault("X-Ignored-Fields", "");
        assertThat(header).matches("[A-Za-z0-9%._, -]*");
        assertThat(header.length()).isLessThanOrEqualTo(20 * 66);
        assertThat(String.join(", ", IgnoredFields.of(IgnoredFields.header(told)))).isEqualTo(header);
    }

    @Test
    void lineEndsCommasAndOtherWritingsAreEncoded() {
        assertThat(IgnoredFields.told(List.of("a\r\nSet-Cookie: x", "a,b", "pre\u00e7o")))
                .containsExactly("a%0D%0ASet-Cookie%3A%20x", "a%2Cb", "pre%C3%A7o");
    }

    @Test
    void ofLongNamesAndOfManyTheFirstAreTold() {
        assertThat(IgnoredFields.told(Collections.nCopies(1, "x".repeat(10_000))).get(0)).hasSize(64);
        assertThat(IgnoredFields.told(IntStream.range(0, 5_000).mapToObj(i -> "f" + i).toList())).hasSize(20).endsWith("f19");
    }
}
