package io.clickthread.system;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one ObjectMapper: amounts stay exact decimals, in and out, and what is read is measured by what it becomes. */
@Configuration
public class JsonConfiguration {

    /** How many values, names, brackets and braces one text may have; a byte of JSON can be 30 of memory. */
    public static final int MOST_TOKENS = 400_000;
    /** How deep they may nest: what is not read may nest, too, and must not cost the messages beside it. */
    public static final int DEEPEST = 1_000;

    @Bean
    ObjectMapper objectMapper() {
        return mapper();
    }

    /**
     * Makes such a mapper.
     *
     * @return a new one
     */
    public static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                // Both keep names in tables in which names that somebody chose for it collide: 32,000 cost seconds.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).maxNestingDepth(DEEPEST)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                .build();
    }
}
