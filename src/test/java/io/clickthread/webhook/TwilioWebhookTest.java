package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Twilio's webhooks: the fields of its page "Twilio's request to your incoming message webhook", with values of our own. */
class TwilioWebhookTest {

    private final String number = "+1415" + Webhooks.unique();
    private final TestChannel channel = TestChannel.open(Server.shared(), "twilio", number);
    private final TestAccount account = channel.account;
    private final String phone = Webhooks.phone();

    @Test
    void anAdClickIsCapturedFromTheReferralFields() {
        long before = TestAccount.now();
        Reply reply = send(sample("ARAbc-" + phone));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode click = account.clicks(phone).get(0);
        assertThat(click.path("ctwa_clid").asText()).isEqualTo("ARAbc-" + phone);
        assertThat(click.path("source_id").asText()).isEqualTo("120210000000000001");
        assertThat(click.path("source_type").asText()).isEqualTo("ad");
        assertThat(click.path("source_url").asText()).isEqualTo("https://fb.me/x?a=1&b=2");
        assertThat(click.path("headline").asText()).isEqualTo("20% off");
        assertThat(click.path("body").asText()).isEqualTo("Free delivery – today");
        assertThat(click.path("media_type").asText()).isEqualTo("image");
        assertThat(java.time.Instant.parse(click.path("clicked_at").asText()).getEpochSecond())
                .as("the time of receipt").isBetween(before, TestAccount.now());
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo("Ad Clicker");
    }

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
    void aWrongOrMissingSignatureIsRefusedAndNothingIsStored() {
        byte[] body = form(sample("x"));
        String good = signature(channel.path, sample("x"), TestChannel.SECRET);

        assertThat(post(channel.path, body, signature(channel.path, sample("x"), "another token")).status()).isEqualTo(401);
        assertThat(post(channel.path, body, signature(channel.path, sample("y"), TestChannel.SECRET)).status()).isEqualTo(401);
        assertThat(post(channel.path + "?a=1", body, good).status()).as("another address").isEqualTo(401);
        assertThat(account.server.send("POST", channel.path, body, "Content-Type", "application/x-www-form-urlencoded").status())
                .isEqualTo(401);
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

        assertThat(post(channel.path + "?foo=1&bar=%2B", form(form), signature(channel.path + "?foo=1&bar=%2B", form,
                TestChannel.SECRET)).status()).isEqualTo(200);
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

        assertThat(post(path, form(form), signature(path, form, TestChannel.SECRET)).status()).isEqualTo(200);
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
    void theSameMessageFirstBareAndThenWithItsAdIsCompleted() {
        Map<String, String> bare = sample("c-" + phone);
        bare.keySet().removeIf(name -> name.startsWith("Referral"));

        send(bare);
        assertThat(account.clicks(phone)).isEmpty();
        send(sample("c-" + phone));
        send(sample("c-" + phone));
        assertThat(account.clicks(phone)).hasSize(1);
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
    void statusesAndTextMessagesAreNoContacts() {
        send(Map.of("AccountSid", "AC0", "MessageSid", "SM1", "MessageStatus", "read", "From", "whatsapp:" + number,
                "To", "whatsapp:+" + phone));
        Map<String, String> sms = sample("x");
        sms.keySet().removeIf(name -> name.startsWith("Referral"));
        sms.put("From", "+" + phone);
        send(sms);

        assertThat(account.conversation(phone)).isNull();
        assertThat(channel.quarantined()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1", "{\"object\":\"whatsapp_business_account\"}", "From=whatsapp%3A%2B1&Body=x", ""})
    void aBodyThatIsNoneOfTwiliosIsKept(String body) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : body.isEmpty() ? new String[0] : body.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts.length < 2 ? "" : java.net.URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }

        assertThat(post(channel.path, body.getBytes(StandardCharsets.UTF_8), signature(channel.path, fields,
                TestChannel.SECRET)).status()).isEqualTo(200);
        assertThat(channel.quarantined()).isEqualTo(1);
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
        Map<String, String> form = new TreeMap<>(Map.of("SmsMessageSid", "SM" + phone, "MessageSid", "SM" + phone,
                "AccountSid", "AC00000000000000000000000000000000", "ProfileName", "Ad Clicker", "WaId", phone,
                "From", "whatsapp:+" + phone, "To", "whatsapp:" + number, "Body", "Hi, saw your ad", "NumMedia", "0"));
        form.putAll(Map.of("ReferralCtwaClid", clickId, "ReferralSourceId", "120210000000000001", "ReferralSourceType", "ad",
                "ReferralSourceUrl", "https://fb.me/x?a=1&b=2", "ReferralHeadline", "20% off",
                "ReferralBody", "Free delivery – today", "ReferralMediaId", "media-123",
                "ReferralMediaContentType", "image/jpeg", "ReferralNumMedia", "1"));
        return form;
    }

    private Reply send(Map<String, String> form) {
        return post(channel.path, form(form), signature(channel.path, form, TestChannel.SECRET));
    }

    private Reply post(String path, byte[] body, String signature) {
        return account.server.send("POST", path, body, "Content-Type", "application/x-www-form-urlencoded; charset=UTF-8",
                "X-Twilio-Signature", signature);
    }

    private static byte[] form(Map<String, String> form) {
        return form.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(),
                StandardCharsets.UTF_8)).collect(Collectors.joining("&")).getBytes(StandardCharsets.UTF_8);
    }

    private String signature(String path, Map<String, String> form, String secret) {
        StringBuilder signed = new StringBuilder(account.server.url(path));
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
