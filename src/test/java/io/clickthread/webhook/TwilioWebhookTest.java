package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.support.Hmacs;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is special to Twilio's webhooks: the fields of its page "Twilio's request to your incoming message webhook", with values of our own. */
class TwilioWebhookTest {

    private final PlayedProvider twilio = PlayedProvider.of("twilio");
    private final TestChannel channel = twilio.channel;
    private final TestAccount account = twilio.account;
    private final String phone = twilio.phone;

    @Test
    void theAnswerIsTwimlThatAnswersNothing() {
        Reply reply = send(sample("x-" + phone));

        assertThat(reply.header("Content-Type")).isEqualTo("text/xml");
        assertThat(reply.body()).isEqualTo("<Response/>");
    }

    @Test
    void whatThePersonWroteAndIsCalledIsNoEvidence() {
        send(sample("ARAbc-" + phone));

        assertThat(account.server.database().queryForObject("select evidence from click where account_id = ?", String.class,
                account.id)).contains("ReferralSourceId").doesNotContain("saw your", "Ad Clicker", "+" + phone);
    }

    @Test
    void aSignatureForAnotherAddressIsRefused() {
        Map<String, String> form = sample("x");

        assertThat(post(channel.path + "?a=1", form(form), signature(channel.path, form)).status()).isEqualTo(401);
        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @Test
    void fieldsThatTwilioAddsLaterAreSignedAndIgnored() {
        Map<String, String> form = sample("c-" + phone);
        form.put("AFieldOfNextYear", "ü=&+ %");
        form.put("Empty", "");

        assertThat(send(form).status()).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void theAddressMayHaveAQuery() {
        Map<String, String> form = sample("c-" + phone);

        assertThat(post(channel.path + "?foo=1&bar=%2B", form(form), signature(channel.path + "?foo=1&bar=%2B", form)).status()).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"whatsapp:+1415,whatsapp%3A%2B1415", "+1415,+1415", "whatsapp:+1415,whatsapp:+1415", "1415,1415"})
    void theNumberStandsInTheAddressAsItWasEntered(String key, String entered) {
        String unique = Webhooks.unique();
        TestChannel other = TestChannel.open(account, "twilio", key + unique, null);
        Map<String, String> form = sample("c-" + phone);
        form.put("To", "whatsapp:+1415" + unique);
        String path = "/webhooks/twilio/" + entered + unique;

        assertThat(post(path, form(form), signature(path, form)).status()).isEqualTo(200);
        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(other.quarantined()).isZero();
    }

    @Test
    void aMessageForAnotherNumberThatIsKnownIsKept() {
        String other = "+1416" + Webhooks.unique();
        TestChannel.open(account, "twilio", other, null);
        Map<String, String> form = sample("c-" + phone);
        form.put("To", "whatsapp:" + other);

        assertThat(send(form).status()).isEqualTo(200);
        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isEqualTo(1);
    }

    @Test
    void anAdWithoutAClickIdIsATouch() {
        Map<String, String> form = sample("");
        send(form);

        assertThat(account.clicks(phone)).hasSize(1);
        assertThat(account.clicks(phone).get(0).hasNonNull("ctwa_clid")).isFalse();
    }

    @Test
    void whoHidesTheNumberIsKnownByTheUserId() {
        Map<String, String> form = sample("c-" + phone);
        form.put("From", "whatsapp:US." + phone);
        form.remove("WaId");
        send(form);

        assertThat(account.conversation(phone)).as("its digits are no number").isNull();
        assertThat(account.clicks("US." + phone)).hasSize(1);
    }

    @Test
    void aMessageWithoutSenderOrIdIsKept() {
        Map<String, String> nobody = sample("x");
        nobody.put("From", "whatsapp:");
        nobody.remove("WaId");
        Map<String, String> nameless = sample("x");
        nameless.keySet().removeAll(java.util.Set.of("MessageSid", "SmsMessageSid"));

        assertThat(send(nobody).status()).isEqualTo(200);
        assertThat(send(nameless).status()).isEqualTo(200);
        assertThat(channel.quarantined()).isEqualTo(2);
    }

    private Map<String, String> sample(String clickId) {
        Map<String, String> form = new TreeMap<>();
        for (String field : twilio.complete().split("&")) {
            String[] parts = field.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        form.put("ReferralCtwaClid", clickId);
        return form;
    }

    private Reply send(Map<String, String> form) {
        return post(channel.path, form(form), signature(channel.path, form));
    }

    private Reply post(String path, byte[] body, String signature) {
        return account.server.send("POST", path, body, "Content-Type", "application/x-www-form-urlencoded; charset=UTF-8",
                "X-Twilio-Signature", signature);
    }

    private static byte[] form(Map<String, String> form) {
        return form.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(),
                StandardCharsets.UTF_8)).collect(Collectors.joining("&")).getBytes(StandardCharsets.UTF_8);
    }

    private String signature(String path, Map<String, String> form) {
        StringBuilder signed = new StringBuilder(account.server.url(path));
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
        return Base64.getEncoder().encodeToString(Hmacs.of("HmacSHA1", signed.toString()));
    }
}
