package io.clickthread.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.SimpleTypeConverter;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.springframework.stereotype.Component;

/**
 * Lets a route hand a {@link CapturedClick} straight to an {@code http} endpoint: it is sent as JSON. So forwarding
 * clicks takes one step of YAML, with no data format and no header to set.
 */
@Component
class ClickJson implements CamelContextConfiguration {

    private final ObjectMapper mapper;

    ClickJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.getTypeConverterRegistry().addTypeConverter(HttpEntity.class, CapturedClick.class,
                new SimpleTypeConverter(false, (type, exchange, click) -> entity(click)));
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // nothing to do once routes run
    }

    private HttpEntity entity(Object click) throws JsonProcessingException {
        return new ByteArrayEntity(mapper.writeValueAsBytes(click), ContentType.APPLICATION_JSON);
    }
}
