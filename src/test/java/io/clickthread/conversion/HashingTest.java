package io.clickthread.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is personal leaves as a hash, in the form that Meta hashes as well. */
class HashingTest {

    private static final String JOHN = "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f";

    @ParameterizedTest
    @ValueSource(strings = {"John_Smith@gmail.com", "john_smith@gmail.com", "     John_Smith@gmail.com    ",
        "JOHN_SMITH@GMAIL.COM\n"})
    void anEmailIsTrimmedAndLowerCased(String email) {
        assertThat(Hashing.email(email)).isEqualTo(JOHN);
    }

    @Test
    void dotsAndTagsOfAnEmailStay() {
        assertThat(Hashing.email("john.smith@gmail.com")).isNotEqualTo(Hashing.email("johnsmith@gmail.com"));
        assertThat(Hashing.email("john+a@gmail.com")).isNotEqualTo(Hashing.email("john@gmail.com"));
    }

    @Test
    void theHashIsThatOfTheTextInUtf8() {
        assertThat(Hashing.sha256("val\u00e9ry"))
                .isEqualTo("08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c");
        assertThat(Hashing.sha256("\uc815"))
                .isEqualTo("8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14");
    }

    @Test
    void theLanguageOfTheMachineMakesNoDifference() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(Hashing.email("JOHN_SMITH@GMAIL.COM")).isEqualTo(JOHN);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Property(tries = 200)
    void anExternalIdIsTheSameInAnyCase(@ForAll("ids") String id) {
        assertThat(Hashing.externalId(" " + id.toUpperCase(Locale.ROOT) + " ")).isEqualTo(Hashing.externalId(id))
                .matches("[0-9a-f]{64}");
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<String> ids() {
        return net.jqwik.api.Arbitraries.strings().alpha().numeric().withChars("-_").ofMinLength(1).ofMaxLength(40);
    }

    @Test
    void whatWasNotGivenHasNoHash() {
        assertThat(Hashing.email(null)).isNull();
        assertThat(Hashing.externalId(null)).isNull();
    }
}
