package io.clickthread.local;

import io.clickthread.system.Settings;
import java.nio.file.Path;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What the console of a first run says once the server is ready: where it is, and three commands to paste. */
@Component
@Profile("local")
class StartupBanner {

    /** Public, in {@code application-local.yaml}; any other key is somebody's secret and is not printed. */
    private static final String DEMO_KEY = "clickthread-local-demo-key-0123456789";
    private static final String PHONE = "+15550100200";

    private final Settings settings;
    private final boolean ownDatabase;
    private final boolean simulator;

    StartupBanner(Settings settings, Environment environment) {
        this.settings = settings;
        this.ownDatabase = environment.getProperty("clickthread.database.url", "").isEmpty();
        this.simulator = environment.getProperty("clickthread.simulator.enabled", Boolean.class, false);
    }

    @EventListener
    void print(ApplicationReadyEvent ready) {
        System.out.println(text(ready.getTimeTaken().toMillis()));
        System.out.flush();
    }

    /** The whole text. */
    String text(long millis) {
        String address = "http://" + settings.host() + ":" + settings.port();
        boolean demoKey = DEMO_KEY.equals(settings.apiKey());
        String json = " \\\n       -H 'Content-Type: application/json' \\\n       -d '";
        String key = " \\\n       -H \"Authorization: Bearer " + (demoKey ? DEMO_KEY : "$CLICKTHREAD_API_KEY") + "\"";
        return """

                Clickthread is ready after %d.%d seconds: %s
                It talks to %s. Ctrl-C stops it; %s

                  API key      %s
                  Demo account %s

                  1. Somebody clicks an ad and writes on WhatsApp:
                     %s

                  2. The same person buys something:
                     curl -X POST %s/api/v1/whatsapp/conversions%s%s{"accountId":"%s","phoneE164":"%s",
                            "eventName":"Purchase","eventId":"order-1","value":49.00,"currency":"USD"}'

                  3. What Meta was told:
                     curl "%s/api/v1/whatsapp/conversions?accountId=%s"%s
                """.formatted(millis / 1000, millis % 1000 / 100, address, meta(), data(),
                demoKey ? DEMO_KEY : "the one of CLICKTHREAD_API_KEY", DemoAccount.ID,
                click(address, json), address, key, json, DemoAccount.ID, PHONE, address, DemoAccount.ID, key);
    }

    private String click(String address, String json) {
        return simulator ? "curl -X POST %s/simulator/click%s{\"phone\":\"%s\"}'".formatted(address, json, PHONE)
                : "without a simulator that is up to you: the webhook comes to " + address + "/webhooks/meta";
    }

    private String meta() {
        return settings.graph().url().endsWith("/simulator/graph") ? "a simulator in Meta's place" : settings.graph().url();
    }

    private String data() {
        return ownDatabase ? "the data stays in " + Path.of(settings.dataDir()).toAbsolutePath().normalize()
                : "the data stays in the database of CLICKTHREAD_DATABASE_URL.";
    }
}
