package io.clickthread.system;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Asks the server beside it whether it is ready, for containers without curl. It uses the oldest client of the JDK,
 * because a process that starts every few seconds should load as little as possible.
 */
public final class HealthCheck {

    private static final int PATIENCE_MILLIS = 2_000;

    private HealthCheck() {
    }

    /**
     * Ends with 0 if the server takes work, else with 1.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        String port = System.getenv().getOrDefault("CLICKTHREAD_MANAGEMENT_PORT", "8081");
        System.exit(isReady("http://localhost:" + port) ? 0 : 1);
    }

    /**
     * Asks once.
     *
     * @param address of the management port
     * @return whether the readiness endpoint answers 200 in time
     */
    static boolean isReady(String address) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address + "/actuator/health/readiness").toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            System.err.println("Not ready: " + e.getMessage());
            return false;
        }
    }
}
