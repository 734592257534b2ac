package io.clickthread.webhook;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is special to uazapi's webhooks. */
class UazapiWebhookTest {

    private final PlayedProvider uazapi = PlayedProvider.of("uazapi");

    @Test
    void theClickIdMayBeNamedAsBaileysNamesIt() {
        uazapi.send(uazapi.changed(uazapi.complete(), Map.of("ctwaCLID", "ctwaClid")));

        uazapi.isCaptured();
    }
}
