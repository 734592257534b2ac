package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks that were once misread, reported by people who do this job; see {@code src/test/resources/cases}. */
class CasesFromTheFieldTest {

    private static final Pattern TIME = Pattern.compile("@(NOW|MS|ISOZ)-(\\d+)@");

    private final Server server = Server.shared();
    private final String key = "4479" + Webhooks.unique();

    @ParameterizedTest
    @CsvSource({"04-twilio-external-user-id, ID.4566546130240004, 6285176000004, ARbug04twilio",
        "04-min, ID.777000111, 6285176000104, ARmintw"})
    void whoIsFirstKnownByAUserIdAndThenByAPhoneIsOneContact(String name, String userId, String phone, String clickId)
            throws IOException {
        TestChannel channel = TestChannel.open(server, "twilio", "+" + key);
        for (JsonNode form : json(name)) {
            ProviderPlay.send(channel, "twilio", "AccountSid=AC1&" + form.properties().stream()
                    .filter(field -> !field.getKey().equals("AccountSid")).map(field -> field.getKey() + "="
                            + URLEncoder.encode(field.getKey().equals("To") ? "whatsapp:+" + key : field.getValue().asText(),
                                    StandardCharsets.UTF_8)).collect(Collectors.joining("&")));
        }

        assertThat(contacts(channel)).isEqualTo(1);
        assertThat(channel.account.clicks(userId).get(0).path("ctwa_clid").asText()).isEqualTo(clickId);
        assertThat(channel.account.convert(phone, "QualifiedLead", "e-" + key).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"11-evolution-go-message, 5527990000011, ARbug11evogo",
        "11b-evolution-go-documented, 5511940000111, ARbug11bevogo"})
    void evolutionGoIsCaptured(String name, String phone, String clickId) throws IOException {
        TestChannel channel = TestChannel.open(server, "evolution", key);

        ProviderPlay.send(channel, "evolution", text(name).replace("bugs-evo", key));

        assertThat(channel.account.clicks(phone).get(0).path("ctwa_clid").asText()).isEqualTo(clickId);
        assertThat(channel.account.clicks(phone).get(0).path("source_id").asText()).isEqualTo("120200000000000111");
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void theCardOfALinkIsOrganic() throws IOException {
        TestChannel channel = TestChannel.open(server, "waha", key);

        ProviderPlay.send(channel, "waha", text("16-waha-webjs-link-card").replace("\"default\"", '"' + key + '"'));

        assertThat(channel.account.conversation("5511940000016")).isNotNull();
        assertThat(channel.account.clicks("5511940000016")).isEmpty();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void aContactWithoutAPhoneIsKnownByWhatTheInboxKnows() throws IOException {
        TestChannel channel = TestChannel.open(server, "chatwoot", key);

        ProviderPlay.send(channel, "chatwoot", json("18-chatwoot-contact-without-phone").path("channel").toString());

        assertThat(channel.account.clicks("BR.1092700000000018").get(0).path("ctwa_clid").asText()).isEqualTo("ARbug18cw");
        assertThat(contacts(channel)).isEqualTo(1);
    }

    /** In whatever field of whatever provider they stand. */
    @ParameterizedTest
    @CsvSource({"whapi, '{\"channel_id\":\"@\",\"messages\":[{\"id\":\"1\",\"chat_id\":\"?\",\"from\":\"?\"}]}'",
        "evolution, '{\"event\":\"messages.upsert\",\"instance\":\"@\",\"data\":{\"key\":{\"id\":\"1\",\"remoteJid\":\"?\",\"senderPn\":\"?\"}}}'",
        "uazapi, '{\"EventType\":\"messages\",\"message\":{\"messageid\":\"1\",\"chatid\":\"?\",\"sender\":\"?\",\"sender_pn\":\"?\"}}'",
        "waha, '{\"event\":\"message\",\"session\":\"@\",\"payload\":{\"id\":\"1\",\"from\":\"?\",\"_data\":{\"key\":{\"remoteJid\":\"?\"}}}}'",
        "gowa, '{\"event\":\"message\",\"payload\":{\"id\":\"1\",\"from\":\"?\",\"chat_id\":\"?\"}}'",
        "infobip, '{\"results\":[{\"messageId\":\"1\",\"from\":\"?\",\"message\":{}}]}'",
        "vonage, '{\"message_uuid\":\"1\",\"message_type\":\"text\",\"from\":\"?\",\"profile\":{\"user_id\":\"?\"}}'",
        "ycloud, '{\"type\":\"whatsapp.inbound_message.received\",\"whatsappInboundMessage\":{\"id\":\"1\",\"from\":\"?\",\"fromUserId\":\"?\"}}'",
        "zernio, '{\"id\":\"1\",\"event\":\"message.received\",\"timestamp\":\"t\",\"message\":{\"id\":\"1\",\"sender\":{\"id\":\"?\",\"phoneNumber\":\"?\"}}}'",
        "chatwoot, '{\"event\":\"message_created\",\"id\":1,\"message_type\":\"incoming\",\"sender\":{\"id\":1,\"phone_number\":\"?\",\"identifier\":\"?\"},\"conversation\":{\"contact_inbox\":{\"source_id\":\"?\"}}}'",
        "twilio, 'AccountSid=AC1&MessageSid=SM1&Body=x&From=whatsapp%3A?&WaId=?&ExternalUserId=?'",
        "passthrough, '{\"namespace\":\"ChatApps\",\"eventType\":\"inbound_message_received\",\"payload\":{\"umid\":\"1\",\"user\":{\"msisdn\":\"?\",\"channelUserId\":\"?\"}}}'"})
    void noPhoneIsEverMadeOfAnId(String provider, String body) {
        TestChannel channel = TestChannel.open(server, provider, key);
        for (String id : new String[] {"US.1650a5550288", "BR.1502576394600002", "US.16505550288", "US.ENT.16505550288",
            "16505550288@lid", "120363194291234567@g.us", "16505550288@newsletter", "1650a5550288", "tg:16505550288"}) {
            assertThat(ProviderPlay.send(channel, provider, body.replace("?", id).replace("@\"", key + '"')).status())
                    .isEqualTo(200);
        }

        assertThat(server.database().queryForList("select value from contact_alias where account_id = ? and kind = 'phone'",
                String.class, channel.account.id)).isEmpty();
    }

    private int contacts(TestChannel channel) {
        return server.database().queryForObject("select count(distinct conversation_id) from contact_alias where account_id = ?",
                Integer.class, channel.account.id);
    }

    private static JsonNode json(String name) throws IOException {
        return Server.JSON.readTree(text(name));
    }

    private static String text(String name) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/cases/" + name + ".json"));
        return TIME.matcher(text).replaceAll(time -> Matcher.quoteReplacement(when(time.group(1),
                TestAccount.now() - Long.parseLong(time.group(2)))));
    }

    private static String when(String form, long seconds) {
        return switch (form) {
            case "MS" -> Long.toString(seconds * 1_000);
            case "ISOZ" -> Instant.ofEpochSecond(seconds).toString();
            default -> Long.toString(seconds);
        };
    }
}
