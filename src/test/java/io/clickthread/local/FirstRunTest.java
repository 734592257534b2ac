package io.clickthread.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickthread.support.Server;
import io.clickthread.system.StartupRefused;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRunTest {

    @Test
    void theDemoAccountStaysOneAccountAndIsConnectedAgain() {
        String database = Server.newDatabase();
        Map<String, String> properties = Map.of("clickthread.database.url", database, "clickthread.database.username",
                "postgres", "clickthread.graph.url", "http://127.0.0.1:${clickthread.port}/simulator/graph");
        Server first = Server.start(properties);
        try {
            assertThat(first.call("GET", "/api/v1/accounts", null).body()).contains(DemoAccount.ID);
            first.database().update("update account set dataset_id = '5', disconnected_at = now()");
        } finally {
            first.stop();
        }
        Server second = Server.start(properties);
        try {
            assertThat(second.database().queryForObject("select count(*) from account", Integer.class)).isEqualTo(1);
            assertThat(second.database().queryForObject("select dataset_id from account where disconnected_at is null",
                    String.class)).isEqualTo("5");
        } finally {
            second.stop();
        }
    }

    @Test
    void theDemoAccountIsThereWhateverStandsInForMeta() {
        assertThat(Server.shared().database().queryForObject("select count(*) from account where id = ?", Integer.class,
                DemoAccount.ID)).isOne();
    }

    @Test
    void aFolderInUseIsRefusedWithASentence(@TempDir Path folder) throws Exception {
        try (FolderLock lock = new FolderLock(folder)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> new FolderLock(folder)).isInstanceOf(StartupRefused.class)
                    .hasMessageContaining("runs already");
        }
        new FolderLock(folder).close();
    }

    @Test
    void theSimulatorCannotBeSwitchedOnInProduction() {
        assertThatThrownBy(() -> Server.start(Map.of("spring.profiles.active", "production",
                "clickthread.encryption-key", "Y2xpY2t0aHJlYWQtbG9jYWwtZW5jcnlwdGlvbi1rZXk=",
                "clickthread.simulator.enabled", "true")))
                .hasStackTraceContaining("CLICKTHREAD_SIMULATOR_ENABLED");
    }
}
