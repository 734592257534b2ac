package io.clickthread.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a time says by itself. */
class WrittenTimeTest {

    @ParameterizedTest
    @CsvSource({"1795342500,1795342500", "1795342500.9,1795342500", "'1795342500,5',1795342500", "1795342500123,1795342500"})
    void unixTimeIsSecondsOrMilliseconds(String text, String seconds) {
        assertThat(WrittenTime.read(text).seconds()).hasToString(seconds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"2026-11-22T10:15:00Z~2026-11-22T10:15~Z", "2026-11-22 10:15:00 UTC~2026-11-22T10:15~Z",
        "2026-11-22T10:15:00-0300~2026-11-22T10:15~-03:00", "2026-11-22T10:15:00.123456-03:00~2026-11-22T10:15~-03:00",
        "2026-11-22 10:15:00+00~2026-11-22T10:15~Z", "2026-11-22 10:15:00 -0300~2026-11-22T10:15~-03:00",
        "2026-11-22T10:15:30~2026-11-22T10:15:30~", "2026-11-22 9:15~2026-11-22T09:15~", "2026/11/22 10:15~2026-11-22T10:15~",
        "25/11/2026 14:30~2026-11-25T14:30~", "11/25/2026 2:30 PM~2026-11-25T14:30~", "11/25/2026 2:30:05\u202FPM~2026-11-25T14:30:05~",
        "25/11/2026, 14:30:00~2026-11-25T14:30~", "25.11.2026 14:30~2026-11-25T14:30~", "11/25/2026 12:00 a. m.~2026-11-25T00:00~",
        "05/05/2026 10:00~2026-05-05T10:00~", "25-11-2026 14:30 GMT-0300~2026-11-25T14:30~-03:00"})
    void aDateIsReadIfItCanBeReadInOneWay(String text, String local, String offset) {
        WrittenTime time = WrittenTime.read(text);
        assertThat(time.fault()).isNull();
        assertThat(time.dayFirst() == null ? time.monthFirst() : time.dayFirst()).hasToString(local);
        assertThat(time.offset() == null ? null : time.offset().toString()).isEqualTo(offset);
        assertThat(time.dayFirst() == null || time.monthFirst() == null || time.dayFirst().equals(time.monthFirst())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"yesterday~no time", "2026-11-22~time of day", "25/11/2026~time of day", "46350.604~since 1900",
        "46350~since 1900", "46350,604~since 1900", "25/11/26 14:30~four", "1.795E+09~scientific", "1,79534E+09~scientific",
        "31/02/2026 10:00~calendar", "20261125~neither", "179534250012~neither", "1795342500123456~neither", "25/13/2026 10:00~calendar",
        "2026-11-22T25:00:00Z~no time", "2026-11-22T10:15:00+25:00~offset", "11/25/2026 13:30 PM~no time", "10:15~no time"})
    void anythingElseIsRefusedWithAdvice(String text, String word) {
        assertThat(WrittenTime.read(text).fault()).contains(word);
    }
}
