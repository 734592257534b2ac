package io.clickthread.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** Two Clickthreads on one PostgreSQL, with one Meta, from nothing. */
final class Cluster implements AutoCloseable {

    /** Before something counts as hanging; a busy machine takes minutes for a start that takes seconds. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    final KillablePostgres postgres;
    final MetaStandIn meta;
    final Instance a;
    final Instance b;

    /** Starts all of it in a folder, which is emptied first, and waits until both are ready. */
    Cluster(Path folder, int metaDelayMillis, String... arguments) throws IOException {
        postgres = new KillablePostgres(folder);
        FileSystemUtils.deleteRecursively(folder);
        Files.createDirectories(folder);
        postgres.start();
        meta = new MetaStandIn(metaDelayMillis);
        a = new Instance("a", folder, postgres, meta, arguments);
        b = new Instance("b", folder, postgres, meta, arguments);
        a.start();
        b.start();
        awaitReady();
    }

    List<Instance> instances() {
        return List.of(a, b);
    }

    /** Waits until both are ready; one that ended by itself is started again. */
    void awaitReady() {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            a.revive();
            b.revive();
            return a.isReady() && b.isReady();
        });
    }

    /** What the ids that the processes of now make have in common. */
    Set<String> living() throws IOException, InterruptedException {
        Set<String> living = new HashSet<>();
        for (Instance instance : instances()) {
            living.add(Unknowns.process(connect(instance).accountId()));
        }
        return living;
    }

    /** Connects an account of its own, with a dataset. */
    Traffic.Target connect() throws IOException, InterruptedException {
        return connect(a);
    }

    private static Traffic.Target connect(Instance instance) throws IOException, InterruptedException {
        String number = "20" + Webhooks.unique();
        HttpResponse<String> connected = instance.process().post("/api/v1/connect/whatsapp/credentials", Map.of(
                "accessToken", "EAA" + number, "wabaId", "10" + number, "phoneNumberId", number,
                "metaCapiDatasetId", "77" + number));
        JsonNode account = Server.JSON.readTree(connected.body());
        return new Traffic.Target(account.at("/account/accountId").asText(), number);
    }

    @Override
    public void close() {
        a.close();
        b.close();
        meta.stop();
        postgres.stop();
    }
}
