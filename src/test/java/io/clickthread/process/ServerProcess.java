package io.clickthread.process;

import io.clickthread.support.Server;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Clickthread as its user runs it: a process of its own with the embedded PostgreSQL, which can be killed. */
final class ServerProcess {

    static final int HEAP_MB = 300;

    private static final String MAIN = "io.clickthread.ClickthreadApplication";

    private static final String PORT = "--clickthread.port=";
    private static final String MANAGEMENT_PORT = "--clickthread.management-port=";

    private final Path folder;
    private final int port;
    private final int managementPort;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;

    private ServerProcess(Path folder, int heapMb, String mainClass, List<String> arguments) throws IOException {
        this.folder = folder;
        this.port = port(arguments, PORT);
        this.managementPort = port(arguments, MANAGEMENT_PORT);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heapMb + "m",
                "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), mainClass, PORT + port, MANAGEMENT_PORT + managementPort));
        arguments.stream().filter(one -> !one.startsWith(PORT) && !one.startsWith(MANAGEMENT_PORT)).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("CLICKTHREAD_") || name.startsWith("SPRING_"));
        Files.createDirectories(folder);
        this.process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile())).start();
    }

    /** The port that an argument names, else a free one. */
    private static int port(List<String> arguments, String name) {
        return arguments.stream().filter(one -> one.startsWith(name)).mapToInt(one -> Integer.parseInt(one.substring(name.length())))
                .findFirst().orElseGet(Server::freePort);
    }

    /** Starts on the data in a folder, in the profile {@code local}, and waits until it is ready. */
    static ServerProcess startLocal(Path folder, String... arguments) throws IOException {
        return startLocal(folder, HEAP_MB, arguments);
    }

    /** The same with a heap of one's own. */
    static ServerProcess startLocal(Path folder, int heapMb, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--spring.profiles.active=local");
        all.add("--clickthread.data-dir=" + folder.resolve("data"));
        all.add("--clickthread.api-key=" + Server.KEY);
        all.add("--clickthread.meta.app-secret=" + Server.APP_SECRET);
        ServerProcess server = new ServerProcess(folder, heapMb, MAIN, all);
        Awaitility.await().atMost(Duration.ofSeconds(240)).pollInterval(Duration.ofMillis(100)).until(server::isReady);
        return server;
    }

    /** Starts as it is, with these arguments only, and waits for nothing. */
    static ServerProcess start(Path folder, String... arguments) throws IOException {
        return start(folder, MAIN, List.of(arguments));
    }

    /** The same with a main class of one's own. */
    static ServerProcess start(Path folder, String mainClass, List<String> arguments) throws IOException {
        return new ServerProcess(folder, HEAP_MB, mainClass, arguments);
    }

    /** Whether it takes requests and reaches its database. */
    boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("It ended: " + output());
        }
        try {
            return get(managementPort, "/actuator/health/readiness").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where its readiness is asked for. */
    String readiness() {
        return "http://127.0.0.1:" + managementPort + "/actuator/health/readiness";
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Stands still, with everything in the middle, as a machine that is paused does; {@code false} lets it go on. */
    void freeze(boolean frozen) throws IOException {
        new ProcessBuilder("kill", frozen ? "-STOP" : "-CONT", Long.toString(process.pid())).start().onExit().join();
    }

    /** {@code kill}, as an operator or a container's runtime does it. */
    void terminate() {
        process.destroy();
    }

    /** Waits until it is gone; its exit code. */
    int waitForEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("It does not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that it and its predecessors on the same folder printed. */
    String output() {
        try {
            return Files.readString(log(folder));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Ends the PostgreSQL that a killed server left behind. */
    static void stopDatabase(Path folder) throws IOException {
        ProcessHandle database = database(folder);
        if (database != null) {
            database.destroy();
            database.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    /** The process of the PostgreSQL on the data in this folder, or null. */
    static ProcessHandle database(Path folder) throws IOException {
        Path lock = folder.resolve("data/postgresql/postmaster.pid");
        return Files.exists(lock) ? ProcessHandle.of(Long.parseLong(Files.readAllLines(lock).get(0).trim())).orElse(null)
                : null;
    }

    /** A webhook of Meta, signed. */
    HttpResponse<String> webhook(Object body) throws IOException, InterruptedException {
        byte[] bytes = Server.json(body);
        return send(request("/webhooks/meta").header("Content-Type", "application/json")
                .header("X-Hub-Signature-256", Webhooks.signature(bytes, Server.APP_SECRET))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    HttpResponse<String> post(String path, Map<String, ?> body, String... headers) throws IOException,
            InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.header("Content-Type", "application/json").header("Authorization", "Bearer " + Server.KEY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Server.json(body))));
    }

    /** A file of conversions. */
    HttpResponse<String> upload(String path, String csv) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "text/csv").header("Authorization", "Bearer " + Server.KEY)
                .POST(HttpRequest.BodyPublishers.ofString(csv)));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).header("Authorization", "Bearer " + Server.KEY));
    }

    /** The most memory that the process ever had, heap and all else, in MB; 0 where {@code /proc} does not say. */
    long mostMemoryMb() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        return Files.exists(status) ? Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0) : 0;
    }

    /** The bytes of the heap that are in use once everything that can be freed is. */
    double heapAfterCollection() throws IOException, InterruptedException {
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()), "GC.run").redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        return metric("jvm_memory_used_bytes{area=\"heap\"");
    }

    /** How long the liveness probe takes to be answered. */
    Duration livenessTook() throws IOException, InterruptedException {
        long before = System.nanoTime();
        get(managementPort, "/actuator/health/liveness");
        return Duration.ofNanos(System.nanoTime() - before);
    }

    int port() {
        return port;
    }

    /** The sum of all values in {@code /actuator/prometheus} whose line begins so: a metric's name, or some of its labels, too. */
    double metric(String prefix) throws IOException, InterruptedException {
        return get(managementPort, "/actuator/prometheus").body().lines().filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    private HttpResponse<String> get(int onPort, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + onPort + path)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static Path log(Path folder) {
        return folder.resolve("output.log");
    }
}
