package io.clickthread.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a slow route of somebody's own takes a small part of the heap, however long the texts are. */
class CustomRoutesMemoryTest {

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger told = new AtomicInteger();
    private CustomRoutes routes;

    record Inner(String text) {
    }

    record Told(String id, Inner inner, Long number) {
    }

    @BeforeEach
    void start() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:on-click").process(exchange -> {
                    release.await();
                    told.incrementAndGet();
                });
            }
        });
        camel.start();
        routes = new CustomRoutes(camel, camel.createProducerTemplate(), meters);
    }

    @AfterEach
    void stop() {
        release.countDown();
        routes.destroy();
        camel.stop();
    }

    @Test
    void callsThatWouldTakeMoreThanTheirPartOfTheHeapAreDroppedAndCountedAndTheOthersAreMade() {
        int length = (int) (Runtime.getRuntime().maxMemory() / 64 / 2 / 10);
        Told large = new Told("x", new Inner("a".repeat(length)), 1L); // a tenth of what there is room for

        routes.tell("on-click", Collections.nCopies(15, large));

        assertThat(dropped()).isBetween(5.0, 6.0);
        release.countDown();
        await().untilAsserted(() -> assertThat(told.get() + dropped()).isEqualTo(15));
        routes.tell("on-click", List.of(large, large)); // there is room again
        await().untilAsserted(() -> assertThat(told.get() + dropped()).isEqualTo(17));
        assertThat(dropped()).isBetween(5.0, 6.0);
    }

    @Test
    void aBodyWeighsItsTextsAndThoseOfTheRecordsInIt() {
        assertThat(BodyWeight.of(new Told("id", new Inner("x".repeat(5000)), 1L))).isBetween(10_000L, 10_500L);
        assertThat(BodyWeight.of(new Told(null, null, null))).isLessThan(200);
        assertThat(BodyWeight.of(null)).isLessThan(100);
    }

    private double dropped() {
        return meters.counter("clickthread.custom.dropped", "route", "on-click").count();
    }
}
