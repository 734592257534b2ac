package io.clickthread.contact;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What identity a text is, by its shape. */
class IdentitiesTest {

    @ParameterizedTest
    @CsvSource({"14155550100, phone, 14155550100", "+14155550100, phone, 14155550100", "+1 415 555-0100, phone, 14155550100",
        "whatsapp:+14155550100, phone, 14155550100", "14155550100@s.whatsapp.net, phone, 14155550100",
        "14155550100:12@s.whatsapp.net, phone, 14155550100", "14155550100.0:12@c.us, phone, 14155550100",
        "14155550100@hosted, phone, 14155550100",
        "US.1650a5550288, user_id, US.1650a5550288", "BR.1502576394600002, user_id, BR.1502576394600002",
        "whatsapp:ID.777000111, user_id, ID.777000111",
        "US.ENT.11815799212886844830, parent_user_id, US.ENT.11815799212886844830",
        "17240000000011@lid, lid, 17240000000011", "17240000000011:3@lid, lid, 17240000000011",
        "17240000000011@hosted.lid, lid, 17240000000011"})
    void anIdentityIsToldByItsShape(String text, String kind, String value) {
        assertThat(Identities.of(text)).containsExactly(new Alias(kind, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "120363194291234567@g.us", "5511940000017-1425246541@g.us", "status@broadcast",
        "120363144038483540@newsletter", "Kim", "kim@example.com", "16505550288@example.com", "1650a5550288", "us.16505550288",
        "USA.16505550288", "US.", "2026-11-27", "16505550288.5", "16505550288:12", "1234", "1234567890123456",
        "1234567890123456@s.whatsapp.net", "16505550288@bot", "tg:16505550288", "whatsapp:", "+", "+US.16505550288"})
    void anyOtherTextIsNobody(String text) {
        assertThat(Identities.of(text)).isEmpty();
    }

    @Test
    void anAbsentTextIsNobody() {
        assertThat(Identities.of(null)).isEmpty();
        assertThat(Identities.isCrowd(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"120363194291234567@g.us, true", "status@broadcast, true", "1@newsletter, true", "14155550100@c.us, false",
        "g.us, false"})
    void groupsBroadcastsAndNewslettersAreCrowds(String text, boolean crowd) {
        assertThat(Identities.isCrowd(text)).isEqualTo(crowd);
    }

    @Property(tries = 2_000)
    void aUserIdNeverGivesAPhone(@ForAll("userIds") String id) {
        assertThat(Identities.of(id)).hasSize(1).noneMatch(alias -> alias.kind().equals(Alias.PHONE));
        assertThat(Phones.digits(id)).isNull();
    }

    @Provide
    Arbitrary<String> userIds() {
        Arbitrary<String> country = Arbitraries.strings().withCharRange('A', 'Z').ofLength(2);
        Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20);
        Arbitrary<String> mixed = Arbitraries.strings().numeric().alpha().ofMinLength(1).ofMaxLength(128);
        return Combinators.combine(country, Arbitraries.oneOf(digits, mixed)).as((two, rest) -> two + "." + rest);
    }
}
