package io.clickthread.start;

import io.clickthread.security.Vault;
import io.clickthread.store.Sql;
import io.clickthread.system.Settings;
import io.clickthread.system.StartupRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What must be so before any route starts, because routes that run in the background begin at once to claim conversions: a
 * server without its key would call each of them unknown. It stands behind the schema's migration and all beans.
 */
@Component
class BeforeRoutes implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(BeforeRoutes.class);

    private final Settings settings;
    private final Environment environment;
    private final JdbcTemplate jdbc;
    private final Vault vault;
    private final LoadedRoutes routes;

    BeforeRoutes(Settings settings, Environment environment, JdbcTemplate jdbc, Vault vault, LoadedRoutes routes) {
        this.settings = settings;
        this.environment = environment;
        this.jdbc = jdbc;
        this.vault = vault;
        this.routes = routes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        checkPorts();
        checkKeys();
        routes.check();
    }

    /** They are opened for good later. Both at once, because the two may be one. */
    private void checkPorts() {
        try (ServerSocket api = open("", settings.host(), settings.port());
             ServerSocket management = open("MANAGEMENT_", environment.getProperty("clickthread.management-host", ""),
                     environment.getRequiredProperty("clickthread.management-port", Integer.class))) {
            LOG.debug("{} and {} can be opened", api, management);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of closing
        }
    }

    private static ServerSocket open(String which, String host, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(host.isBlank() ? new InetSocketAddress(port) : new InetSocketAddress(host, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            if (e instanceof BindException && !String.valueOf(e.getMessage()).contains("assign")) {
                throw new StartupRefused("port " + port + " on " + host + " cannot be opened (" + e.getMessage()
                        + "): stop what listens there, or set another port with CLICKTHREAD_" + which + "PORT");
            }
            throw new StartupRefused("this machine has no address " + host + ": correct CLICKTHREAD_" + which
                    + "HOST, for example to 0.0.0.0");
        }
    }

    /** A key's id is a part of its SHA-256, so whether what it sealed opens is known without opening all of it. */
    private void checkKeys() {
        jdbc.query(Sql.read("list-sealing-keys"), row -> {
            if (!vault.has(row.getLong("key"))) {
                throw new StartupRefused("CLICKTHREAD_ENCRYPTION_KEY does not open what is stored: " + row.getString("sealed")
                        + " was encrypted with another key; put that key back, behind the new one and a comma");
            }
        });
    }
}
