package io.clickthread.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clickthread.ClickthreadApplication;
import io.clickthread.local.DemoAccount;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.spi.InterceptStrategy;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A running Clickthread on a real PostgreSQL, with a stand-in for Meta; tests talk to it over HTTP. One is shared by all
 * tests of the JVM, so tests use accounts and contacts of their own.
 */
public final class Server {

    public static final String KEY = "test-key-0123456789-0123456789-0123456789";
    public static final String APP_SECRET = "test_app_secret_of_meta";
    public static final String SOURCE_SECRET = "test_source_secret";
    public static final String VERIFY_TOKEN = "test-verify-token";
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(com.fasterxml.jackson.databind.node.JsonNodeFactory.withExactBigDecimals(true)).build();

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();
    private static Server shared;
    private static EmbeddedPostgres postgres;

    public final StandInGraph graph;
    public final int port;
    public final ConfigurableApplicationContext context;

    private Server(Map<String, String> properties, InterceptStrategy... interceptors) {
        this(properties, Map.of(), interceptors);
    }

    private Server(Map<String, String> properties, Map<String, String> variables, InterceptStrategy... interceptors) {
        this.graph = new StandInGraph();
        this.port = freePort();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("spring.profiles.active", "local");
        all.put("clickthread.port", Integer.toString(port));
        all.put("clickthread.management-port", "0");
        all.put("clickthread.api-key", KEY);
        all.put("clickthread.meta.app-secret", APP_SECRET + ",second_app_secret");
        all.put("clickthread.meta.verify-token", VERIFY_TOKEN);
        all.put("clickthread.routes-reload", "false"); // whoever edits a route while tests run
        all.put("clickthread.graph.url", graph.url());
        all.put("clickthread.graph.response-timeout", "1s");
        all.put("clickthread.delivery.poll", "50ms");
        all.put("clickthread.delivery.retry-delays", "100ms,200ms,300ms");
        all.put("clickthread.delivery.breaker-delays", "100ms");
        all.put("clickthread.delivery.probe-delays", "100ms");
        all.put("clickthread.imports.max-outcomes", "25000");
        all.put("clickthread.sources.webhook.enabled", "true");
        all.put("clickthread.sources.webhook.of.shop.secret", SOURCE_SECRET);
        all.put("clickthread.sources.webhook.of.woocommerce.secret", "an older secret of the shop," + SOURCE_SECRET);
        all.put("clickthread.sources.webhook.of.woocommerce.header", "X-WC-Webhook-Signature");
        all.put("clickthread.sources.webhook.of.woocommerce.encoding", "base64");
        all.put("clickthread.sources.webhook.of.hubspot.secret", SOURCE_SECRET);
        all.put("clickthread.sources.webhook.of.hubspot.prefix", "sha256=");
        all.put("clickthread.sources.webhook.of.patient.secret", SOURCE_SECRET);
        all.put("clickthread.sources.webhook.of.patient.wait-for-click", "true");
        for (String sender : List.of("shop", "woocommerce", "hubspot", "patient")) {
            all.put("clickthread.sources.webhook.of." + sender + ".account-id", DemoAccount.ID);
        }
        all.put("clickthread.sources.chatwoot.enabled", "true");
        all.put("clickthread.sources.chatwoot.secret", SOURCE_SECRET);
        all.put("clickthread.sources.chatwoot.account-id", DemoAccount.ID);
        all.put("clickthread.sources.chatwoot.resolved", "OrderCreated");
        for (String source : List.of("shopify", "stripe", "pipedrive")) {
            all.put("clickthread.sources." + source + ".enabled", "true");
            all.put("clickthread.sources." + source + ".secret", SOURCE_SECRET + "," + "the next secret of it");
            all.put("clickthread.sources." + source + ".account-id", DemoAccount.ID);
        }
        all.put("clickthread.sources.pipedrive.phone-field", "9dc80c50d78a15643bfc4ca79d76156a73a1ca0e");
        if (!properties.containsKey("clickthread.database.url")) {
            all.put("clickthread.database.url", newDatabase());
            all.put("clickthread.database.username", "postgres");
        }
        all.putAll(properties); // a value given twice on the command line would be both
        List<String> arguments = all.entrySet().stream().map(set -> "--" + set.getKey() + "=" + set.getValue()).toList();
        SpringApplication application = new SpringApplication(ClickthreadApplication.class);
        application.addInitializers(fresh -> ((GenericApplicationContext) fresh)
                .registerBean("routeCoverage", RouteCoverage.class));
        application.addInitializers(fresh -> fresh.getEnvironment().getPropertySources().addFirst(
                new SystemEnvironmentPropertySource("test-systemEnvironment", Map.copyOf(variables))));
        for (InterceptStrategy interceptor : interceptors) {
            application.addInitializers(fresh -> ((GenericApplicationContext) fresh)
                    .registerBean(InterceptStrategy.class, () -> interceptor));
        }
        this.context = application.run(arguments.toArray(String[]::new));
    }

    /** The server that all tests share. */
    public static synchronized Server shared() {
        if (shared == null) {
            shared = new Server(Map.of());
        }
        return shared;
    }

    /** A server of one's own, with an empty database unless its address is among the properties; stop it. */
    public static Server start(Map<String, String> properties) {
        return new Server(properties);
    }

    /** The same, with environment variables, which the check of settings that comes before all else does not see. */
    public static Server start(Map<String, String> properties, Map<String, String> variables) {
        return new Server(properties, variables);
    }

    /** The same, with something around every step of its routes. */
    public static Server start(Map<String, String> properties, InterceptStrategy interceptor) {
        return new Server(properties, interceptor);
    }

    /** The JDBC address of a new, empty database. */
    public static synchronized String newDatabase() {
        try {
            if (postgres == null) {
                postgres = EmbeddedPostgres.builder().setServerConfig("max_connections", "400").start();
            }
            String name = "test_" + System.nanoTime();
            new JdbcTemplate(postgres.getPostgresDatabase()).execute("create database " + name);
            return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        context.close();
        graph.stop();
    }

    public String url(String path) {
        return "http://localhost:" + port + path;
    }

    public int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public JdbcTemplate database() {
        return context.getBean(JdbcTemplate.class);
    }

    /** A request with the API key. */
    public Reply call(String method, String path, Object body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer " + KEY));
        if (body != null) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        all.addAll(List.of(headers));
        return send(method, path, body == null ? null : json(body), all.toArray(String[]::new));
    }

    /** A webhook of Meta, signed. */
    public Reply webhook(Object body) {
        byte[] bytes = json(body);
        return send("POST", "/webhooks/meta", bytes, "Content-Type", "application/json", "X-Hub-Signature-256",
                Webhooks.signature(bytes, APP_SECRET));
    }

    /** A request with exactly these headers. */
    public Reply send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(30))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static byte[] json(Object body) {
        try {
            return body instanceof byte[] bytes ? bytes : body instanceof String text
                    ? text.getBytes(StandardCharsets.UTF_8) : JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A port that nobody listens on, given once. It lies below those that the system hands out by itself, so that nobody else
     * gets it while a process that was killed is down.
     */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            if (GIVEN.add(port)) {
                try (ServerSocket socket = new ServerSocket(port)) {
                    return socket.getLocalPort();
                } catch (BindException taken) {
                    continue;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** A response. */
    public record Reply(int status, Map<String, List<String>> headers, String body) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException("Not JSON: " + body, e);
            }
        }

        public String header(String name) {
            return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0)).findFirst().orElse(null);
        }
    }
}
