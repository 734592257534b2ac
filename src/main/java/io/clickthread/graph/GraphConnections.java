package io.clickthread.graph;

import io.clickthread.system.GraphSettings;
import io.clickthread.system.Settings;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.stereotype.Component;

/**
 * How {@code http} and {@code https} endpoints call out. No redirects, cookies or repetitions behind our back; waits are
 * bounded; a kept connection that was idle for 10 ms is checked before use, because a request that is written into one that
 * Meta has closed has an unknown outcome, and somebody would have to look after it. The check takes a millisecond; under
 * load, connections are not idle for so long.
 */
@Component
class GraphConnections implements CamelContextConfiguration {

    private static final int LONGEST_HEADER = 16_384;
    private static final int MOST_HEADERS = 100;

    private final GraphSettings settings;

    GraphConnections(Settings settings) {
        this.settings = settings.graph();
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        CallLimits limits = new CallLimits(settings.totalTimeout());
        for (String scheme : new String[] {"http", "https"}) {
            HttpComponent http = camel.getComponent(scheme, HttpComponent.class);
            Timeout connect = Timeout.of(settings.connectTimeout());
            Timeout response = Timeout.of(settings.responseTimeout());
            http.setClientConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                    .setDefaultConnectionConfig(ConnectionConfig.custom()
                            .setConnectTimeout(connect)
                            .setSocketTimeout(response)
                            .setValidateAfterInactivity(TimeValue.ofMilliseconds(10))
                            .setTimeToLive(TimeValue.ofMinutes(5)) // so that a change of DNS is seen
                            .build())
                    .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(Http1Config.custom()
                            .setMaxLineLength(LONGEST_HEADER).setMaxHeaderCount(MOST_HEADERS).build()).build())
                    .setMaxConnPerRoute(settings.connections())
                    .setMaxConnTotal(settings.connections())
                    .build());
            http.setHttpClientConfigurer(client -> client
                    .setDefaultRequestConfig(RequestConfig.custom()
                            .setResponseTimeout(response)
                            .setConnectionRequestTimeout(connect)
                            .setRedirectsEnabled(false)
                            .build())
                    .addExecInterceptorFirst("limits", limits)
                    .disableAutomaticRetries().disableCookieManagement().disableRedirectHandling()
                    .setUserAgent("clickthread"));
        }
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // nothing to do once routes run
    }
}
