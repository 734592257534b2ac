package io.clickthread.http;

import io.clickthread.system.Settings;
import io.clickthread.system.StartupRefused;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The last step of a start: opens the port once every route runs, and asks itself. Spring calls it before it says, by
 * readiness and by the event that the banner waits for, that the server is ready; what fails here ends the process.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class OpenPort implements ApplicationRunner {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final int TRIES = 3; // clients that waited for the port may take all its connections for a moment

    private final WebServer edge;
    private final CamelContext camel;
    private final Settings settings;

    OpenPort(WebServer edge, CamelContext camel, Settings settings) {
        this.edge = edge;
        this.camel = camel;
        this.settings = settings;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        for (Route route : camel.getRoutes()) {
            if (Boolean.TRUE.equals(route.isAutoStartup())
                    && !camel.getRouteController().getRouteStatus(route.getRouteId()).isStarted()) {
                throw new StartupRefused(route.getSourceLocationShort() + ": the route " + route.getRouteId()
                        + " did not start: the log says why");
            }
        }
        edge.listen();
        if (Stream.generate(this::answers).limit(TRIES).noneMatch(answered -> answered)) {
            throw new StartupRefused("port " + edge.port() + " on " + settings.host() + " is open and does not answer: look for "
                    + "another program that takes its connections, or set another port with CLICKTHREAD_PORT");
        }
    }

    /** How the port is listened on. */
    static HttpServerOptions options(Settings settings) {
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                // What a client does not read waits in the system first, which would take megabytes for each connection.
                .setSendBufferSize(128 * 1024)
                // One request at a time on a connection, so that the limit to connections is one to requests being read.
                .setHttp2ClearTextEnabled(false)
                // There are no WebSockets here, and their compression would look at every request.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }

    /** Whether a request to the port comes to this server: only it can answer with the id that was made up for it. */
    private boolean answers() {
        String id = UUID.randomUUID().toString();
        try {
            InetAddress bound = InetAddress.getByName(settings.host());
            String host = (bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound).getHostAddress();
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://" + (host.contains(":") ? "[" + host + "]"
                    : host) + ":" + edge.port() + "/").toURL().openConnection(java.net.Proxy.NO_PROXY);
            connection.setRequestProperty(RequestIds.HEADER, id);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.getResponseCode();
            connection.disconnect();
            return id.equals(connection.getHeaderField(RequestIds.HEADER));
        } catch (IOException e) {
            return false;
        }
    }
}
