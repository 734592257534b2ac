package io.clickthread.docs;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.SlowUpload;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;

/** Provokes every answer of batches and imports. */
final class BulkCalls {

    private static final String PATH = "/api/v1/whatsapp/conversions/";
    private static final String ONE = PATH + "imports/{importId}";
    private static final String NOBODY = "ffffffffffffffffffffffff";

    private final Server server;
    private final TestAccount account;

    BulkCalls(TestAccount other) {
        this.server = other.server;
        this.account = TestAccount.connect(server);
    }

    void make(BiConsumer<String, Reply> see) {
        String phone = account.clicked("ARAb-" + Webhooks.unique());
        Map<String, String> good = Map.of("phoneE164", phone, "eventName", "LeadSubmitted", "eventId", "bulk");
        see.accept("POST " + PATH + "batch 200", server.call("POST", PATH + "batch", Map.of("accountId", account.id,
                "conversions", List.of(good, good, Map.of("eventId", "bad")))));
        see.accept("POST " + PATH + "batch 400", server.call("POST", PATH + "batch", Map.of()));

        String csv = "eventId,eventName,phone\nimported,LeadSubmitted," + phone + "\n,,\n";
        Reply uploaded = upload(account.id, csv);
        see.accept("POST " + PATH + "import 202", uploaded);
        see.accept("POST " + PATH + "import 400", upload(account.id, "none"));
        see.accept("POST " + PATH + "import 404", upload(NOBODY, csv));
        see.accept("POST " + PATH + "import 422", upload(TestAccount.connect(server, null).id, csv));
        uploads(see);
        see.accept("GET " + PATH + "imports 200", get("imports?accountId=" + account.id));
        see.accept("GET " + PATH + "imports 400", get("imports"));
        see.accept("GET " + PATH + "imports 404", get("imports?accountId=" + NOBODY));

        String id = "imports/" + uploaded.json().at("/import/_id").asText();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() ->
                get(id).json().at("/import/state").asText().equals("done"));
        see.accept("GET " + ONE + " 200", get(id));
        see.accept("GET " + ONE + " 404", get("imports/none"));
        see.accept("GET " + ONE + "/result 200", get(id + "/result"));
        see.accept("GET " + ONE + "/result 404", get("imports/none/result"));
        see.accept("POST " + ONE + "/cancel 404", server.call("POST", PATH + "imports/none/cancel", null));
        see.accept("POST " + ONE + "/cancel 409", server.call("POST", PATH + id + "/cancel", null));
        server.database().update("insert into import (id, account_id, dry_run, state, header, lease_until) "
                + "values (?, ?, true, 'running', 'eventId,eventName,phone', now() + interval '1 h')", "held" + phone, account.id);
        see.accept("POST " + ONE + "/cancel 200", server.call("POST", PATH + "imports/held" + phone + "/cancel", null));
        server.database().update("update import set lease_until = null where id = ?", "held" + phone);
    }

    private void uploads(BiConsumer<String, Reply> see) {
        List<SlowUpload> slow = new ArrayList<>();
        try {
            slow.add(new SlowUpload(account, PATH + "import", 1L << 40));
            see.accept("POST " + PATH + "import 413", slow.get(0).reply());
            for (int i = 0; i < 4; i++) {
                slow.add(new SlowUpload(account, PATH + "import"));
                slow.get(i + 1).send("eventId");
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> upload(account.id, "none").status() == 429);
            see.accept("POST " + PATH + "import 429", upload(account.id, "none"));
            for (SlowUpload one : slow) {
                one.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply get(String path) {
        return server.call("GET", PATH + path, null);
    }

    private Reply upload(String accountId, String csv) {
        return server.send("POST", PATH + "import?accountId=" + accountId, csv.getBytes(), "Authorization",
                "Bearer " + Server.KEY, "Content-Type", "text/csv");
    }
}
