package io.clickthread.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/**
 * How long Meta wants to be left alone, from the headers of its answer: {@code Retry-After} (RFC 9110, section 10.2.3,
 * seconds or a date) and the {@code estimated_time_to_regain_access}, in minutes, of the business use case limits. Meta's
 * page on rate limits calls that header {@code X-Business-Use-Case}, its servers {@code X-Business-Use-Case-Usage}.
 */
@Component
class RetryAfter {

    private static final String[] USAGES = {"X-Business-Use-Case-Usage", "X-Business-Use-Case"};

    private final ObjectMapper mapper;
    private final Clock clock;

    RetryAfter(ObjectMapper mapper, Clock clock) {
        this.mapper = mapper;
        this.clock = clock;
    }

    /**
     * The longest wait that the headers ask for.
     *
     * @param headers the value of a header by its name, or null
     * @return seconds from now, or null if none is asked for
     */
    Long asked(UnaryOperator<String> headers) {
        Long longest = retryAfter(headers.apply("Retry-After"));
        for (String name : USAGES) {
            long seconds = regainAccess(headers.apply(name));
            if (seconds > 0 && (longest == null || seconds > longest)) {
                longest = seconds;
            }
        }
        return longest;
    }

    private Long retryAfter(String header) {
        if (header == null) {
            return null;
        }
        try {
            return Math.max(0, Long.parseLong(header.trim()));
        } catch (NumberFormatException e) {
            return untilDate(header.trim());
        }
    }

    private Long untilDate(String header) {
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
            return Math.max(0, Duration.between(clock.instant(), date).toSeconds());
        } catch (DateTimeException e) {
            return null; // neither form of the RFC
        }
    }

    /** {@code {"<business id>": [{"type": …, "estimated_time_to_regain_access": minutes}, …]}}. */
    private long regainAccess(String header) {
        long most = 0;
        if (header != null) {
            try {
                for (JsonNode business : mapper.readTree(header)) {
                    for (JsonNode limit : business) {
                        most = Math.max(most, limit.path("estimated_time_to_regain_access").asLong(0));
                    }
                }
            } catch (JsonProcessingException | NumberFormatException e) {
                return 0; // not what Meta sends; the answer itself counts
            }
        }
        return Math.min(most, 100_000) * 60;
    }
}
