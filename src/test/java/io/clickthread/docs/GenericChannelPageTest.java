package io.clickthread.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/providers/generic.md says about a provider that has no adapter. */
class GenericChannelPageTest {

    private static final Pattern JSON = Pattern.compile("-d '(\\{.*?})'", Pattern.DOTALL);

    private final TestAccount account = TestAccount.outsideCloudApi(Server.shared());
    private final String phone = Webhooks.phone();

    @Test
    void fewerThanFifteenLinesOfJsonAddAProvider() throws IOException {
        Matcher json = JSON.matcher(Files.readString(Path.of("docs/providers/generic.md")));
        assertThat(json.find()).isTrue();
        String channel = json.group(1);
        assertThat(channel.lines().count()).isLessThan(15);
        assertThat(json.find()).isTrue();
        String webhook = json.group(1).replace("15551234567", phone);

        Reply made = account.server.call("POST", "/api/v1/accounts/" + account.id + "/channels", channel);
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        Reply taken = account.server.send("POST", made.json().path("channel").path("webhookPath").asText(), Server.json(webhook), "Content-Type",
                "application/json", "X-Webhook-Secret", "a-long-random-text-0123456789");

        assertThat(taken.status()).isEqualTo(200);
        assertThat(account.clicks(phone).get(0).path("ctwa_clid").asText()).isEqualTo("ARAk-example");
        assertThat(account.clicks(phone).get(0).path("source_id").asText()).isEqualTo("120210000000000001");
    }
}
