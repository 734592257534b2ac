package io.clickthread.start;

import io.clickthread.security.Vault;
import io.clickthread.store.Sql;
import io.clickthread.system.Settings;
import io.clickthread.system.StartupRefused;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What must be so before any route starts, because routes that run in the background begin at once to claim conversions: a
 * server without its key would call each of them unknown. It stands behind the schema's migration and all beans.
 */
@Component
class BeforeRoutes implements SmartInitializingSingleton {

    private final Settings settings;
    private final JdbcTemplate jdbc;
    private final Vault vault;
    private final LoadedRoutes routes;

    BeforeRoutes(Settings settings, JdbcTemplate jdbc, Vault vault, LoadedRoutes routes) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.vault = vault;
        this.routes = routes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        checkPort();
        checkKeys();
        routes.check();
    }

    /** The server opens it for good once all routes run; this is only sooner. */
    private void checkPort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("assign")) {
                throw noAddress();
            }
            throw new StartupRefused("port " + settings.port() + " on " + settings.host() + " cannot be opened ("
                    + e.getMessage() + "): stop what listens there, or set another port with CLICKTHREAD_PORT");
        } catch (IOException | IllegalArgumentException e) {
            throw noAddress();
        }
    }

    private StartupRefused noAddress() {
        return new StartupRefused("this machine has no address " + settings.host()
                + ": correct CLICKTHREAD_HOST, for example to 0.0.0.0");
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
