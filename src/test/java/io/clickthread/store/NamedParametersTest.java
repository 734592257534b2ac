package io.clickthread.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class NamedParametersTest {

    private static final String QUERY = "select :?a::text[], :?b where x = :?a";

    private final NamedParameters parameters = new NamedParameters();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void everyNameBecomesAQuestionMarkAndItsValueStandsAtEachOfItsPlaces() {
        assertThat(parameters.prepareQuery(QUERY, true, exchange)).isEqualTo("select ?::text[], ? where x = ?");
        assertThat(values(new HashMap<>(Map.of("a", "1", "b", 2)))).containsExactly("1", 2, "1");
    }

    @Test
    void nullIsAValue() {
        Map<String, Object> body = new HashMap<>();
        body.put("a", null);
        body.put("b", 2);

        assertThat(values(body)).isEqualTo(Arrays.asList(null, 2, null));
    }

    @Test
    void aHeaderOrVariableNeverStandsInForAMissingValue() {
        exchange.getMessage().setHeader("b", "injected");
        exchange.setVariable("b", "injected");

        assertThatThrownBy(() -> values(Map.of("a", "1"))).hasMessageContaining("'b'");
    }

    private List<Object> values(Map<String, Object> body) {
        List<Object> values = new ArrayList<>();
        parameters.createPopulateIterator(QUERY, null, 3, exchange, body).forEachRemaining(values::add);
        return values;
    }
}
