package io.clickthread.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import org.junit.jupiter.api.Test;

class HealthCheckTest {

    @Test
    void aServerThatTakesWorkIsReadyAndAPortThatNobodyListensOnIsNot() {
        assertThat(HealthCheck.isReady("http://localhost:" + Server.shared().managementPort())).isTrue();
        assertThat(HealthCheck.isReady("http://localhost:" + Server.freePort())).isFalse();
    }

    @Test
    void aServerWithoutTheEndpointIsNotReady() {
        assertThat(HealthCheck.isReady(Server.shared().url(""))).isFalse();
    }
}
