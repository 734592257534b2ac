package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A route that somebody adds and that does nothing for its safety. */
class ClosedRouteTest {

    private static final String[] PATHS = {"/added", "/added/{id}", "/webhooks-of-mine", "/simulators", "/webhooks/added/x"};

    private static final Server SERVER = Server.shared();
    private static final CamelContext CAMEL = SERVER.context.getBean(CamelContext.class);

    @BeforeAll
    static void add() throws Exception {
        CAMEL.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < PATHS.length; i++) {
                    from("platform-http:" + PATHS[i]).routeId("added-" + i).routeConfigurationId("http-errors").process("readRequest")
                            .setBody(constant("done")).process("writeResponse");
                }
            }
        });
    }

    @AfterAll
    static void remove() throws Exception {
        for (int i = 0; i < PATHS.length; i++) {
            CAMEL.getRouteController().stopRoute("added-" + i);
            CAMEL.removeRoute("added-" + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"/added", "/added/7", "//added", "/%61dded", "/added/7?x=1", "/webhooks-of-mine", "/simulators"})
    void isClosedWithoutAKey(String path) {
        assertThat(SERVER.send("GET", path, null).status()).isEqualTo(401);
        assertThat(SERVER.send("GET", path, null, "Authorization", "Bearer wrong-key").json().path("code").asText())
                .isNotEmpty();
        assertThat(SERVER.send("POST", path, new byte[0]).status()).isEqualTo(401);
        Reply open = SERVER.call("GET", path, null);
        assertThat(open.status()).as(open.headers() + open.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource("/webhooks/added/x")
    void isOpenWhereWebhooksAre(String path) {
        assertThat(SERVER.send("GET", path, null).status()).isEqualTo(200);
    }
}
