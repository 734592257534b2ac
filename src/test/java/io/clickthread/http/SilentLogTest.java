package io.clickthread.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.clickthread.support.Server;
import io.clickthread.support.StandInGraph.Reaction;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever goes well or wrong, no secret and no person stands in the log. */
class SilentLogTest {

    private final Server server = Server.shared();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);

    @BeforeEach
    void listen() {
        log.list = new java.util.concurrent.CopyOnWriteArrayList<>();
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
    }

    @Test
    void noSecretAndNoPersonIsLoggedWhateverHappens() {
        TestAccount account = TestAccount.connect(server);
        String phone = account.clicked("ARAk-the-click-id");
        String events = account.datasetId + "/events";
        server.graph.next(events, Reaction.of(400, "{\"error\":{\"code\":100,\"error_subcode\":2804087,\"message\":\"" + phone + "\"}}"),
                Reaction.of(401, "{\"error\":{\"code\":190}}"), Reaction.reset(), Reaction.of(500, phone));
        for (int i = 0; i < 5; i++) {
            account.convert(phone, "Purchase", "e" + i, "email", "person@example.org", "externalId", "cust-777");
        }
        account.convert(phone, "Lead", "x", "email", "person@example.org");
        account.convert(phone, "Purchase", "half \ud83d", "email", "person@example.org");
        server.webhook("{broken secret words " + phone);
        server.webhook(Webhooks.of("70" + Webhooks.unique(), Webhooks.text(phone, 1)));
        server.send("POST", "/webhooks/meta", Server.json(Webhooks.of("1", Webhooks.text(phone, 1))),
                "Content-Type", "application/json", "X-Hub-Signature-256", "sha256=00");
        server.call("POST", "/api/v1/connect/whatsapp/credentials", Map.of("accessToken", "EAA bad token",
                "wabaId", "1", "phoneNumberId", "../x"));
        server.call("GET", "/api/v1/inbox/conversations?cursor=" + phone, null);
        server.call("GET", "/api/v1/inbox/conversations/%00" + phone + "?accountId=" + account.id, null);
        server.graph.next(account.wabaId + "/dataset", Reaction.of(500, "EAAtest-" + account.wabaId));
        server.call("POST", "/api/v1/whatsapp/dataset", Map.of("accountId", TestAccount.connect(server, null).id));

        LoggerFactory.getLogger("a.logger.of.this.test").warn("the appender hears this");
        List<String> lines = log.list.stream().map(event -> event.getFormattedMessage() + event.getMDCPropertyMap()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()))).toList();
        assertThat(lines).anyMatch(line -> line.contains("the appender hears this"));
        for (String canary : List.of(phone, "person@example.org", "cust-777", "secret words", "ARAk-the-click-id",
                "EAA", Server.APP_SECRET, Server.KEY, Server.VERIFY_TOKEN, "Sheena Nelson")) {
            assertThat(lines).as(canary).noneMatch(line -> line.contains(canary));
        }
        assertThat(log.list).as("faults of ours").noneMatch(event -> event.getLevel() == Level.ERROR);
    }
}
