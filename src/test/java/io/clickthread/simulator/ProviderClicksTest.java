package io.clickthread.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.channel.Provider;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator plays every provider, and what it sends comes through that provider's own address. */
class ProviderClicksTest {

    /** Providers of which no webhook without a phone number is known. */
    private static final Set<Provider> ALWAYS_WITH_PHONE = Set.of(Provider.TWILIO, Provider.INFOBIP, Provider.VONAGE);

    private static Server server;

    private final TestAccount demo = TestAccount.demo(server);
    private final String phone = Webhooks.phone();

    /** It calls itself, and has the patience for it that it has in {@code local}. */
    @BeforeAll
    static void start() {
        server = Server.start(Map.of("clickthread.graph.response-timeout", "30s"));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    static Stream<Provider> providers() {
        return Stream.of(Provider.values());
    }

    static Stream<Provider> providersThatHidePhones() {
        return providers().filter(provider -> !ALWAYS_WITH_PHONE.contains(provider));
    }

    @Test
    void wishesMayStandInTheAddress() {
        Reply reply = server.send("POST", "/simulator/click?provider=whapi&messages=2&duplicate=true&phone=" + phone, null);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("provider").asText()).isEqualTo("whapi");
        assertThat(reply.json().path("people")).hasSize(2);
        assertThat(demo.clicks(phone)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aClickIsCapturedAsItsProviderWouldReportIt(Provider provider) {
        JsonNode click = click(provider, Map.of("adId", "120299", "headline", "Café & more", "name", "Bo Ähre"));

        assertThat(click.path("phone").asText()).isEqualTo("+" + phone);
        assertThat(demo.clicks(phone)).hasSize(1);
        JsonNode captured = demo.clicks(phone).get(0);
        assertThat(captured.path("ctwa_clid").asText()).isEqualTo(click.path("ctwa_clid").asText()).startsWith("ARA");
        assertThat(captured.path("source_id").asText()).isEqualTo("120299");
        assertThat(captured.path("source_type").asText()).isEqualTo("ad");
        assertThat(captured.path("source_url").asText()).isEqualTo("https://fb.me/120299");
        assertThat(captured.path("headline").asText()).isEqualTo("Café & more");
        assertThat(demo.conversation(phone).path("participantName").asText()).isEqualTo("Bo Ähre");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatIsKeptOfTheAdsWordsHasNothingOfThePerson(Provider provider) {
        JsonNode click = click(provider, Map.of("name", "Bo Ähre", "adId", "120299"));
        String evidence = server.database().queryForObject("select evidence from click where ctwa_clid = ?", String.class,
                click.path("ctwa_clid").asText());

        assertThat(evidence).contains("120299", click.path("ctwa_clid").asText())
                .doesNotContain(ClickOrder.WORDS, phone, "Bo Ähre", click.path("messageId").asText());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aDuplicateIsOneClick(Provider provider) {
        JsonNode click = click(provider, Map.of("duplicate", true));

        assertThat(click.path("deliveries").asInt(2)).isEqualTo(2);
        assertThat(demo.clicks(phone)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anAdWithoutAClickIdIsATouch(Provider provider) {
        JsonNode click = click(provider, Map.of("withoutClickId", true));

        assertThat(click.has("ctwa_clid")).isFalse();
        assertThat(demo.clicks(phone)).hasSize(1);
        assertThat(demo.clicks(phone).get(0).hasNonNull("ctwa_clid")).isFalse();
        assertThat(demo.clicks(phone).get(0).path("source_id").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whoComesFromNoAdHasNoClick(Provider provider) {
        click(provider, Map.of("organic", true));

        assertThat(demo.conversation(phone)).isNotNull();
        assertThat(demo.clicks(phone)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("providersThatHidePhones")
    void whoHidesThePhoneHasAConversationAllTheSame(Provider provider) {
        JsonNode click = click(provider, Map.of("withoutPhone", true));

        assertThat(click.has("phone")).isFalse();
        assertThat(Stream.of("userId", "lid", "contactId").filter(click::has)).hasSize(1);
        assertThat(demo.conversation(phone)).isNull();
        assertThat(click.path("webhook").toString()).doesNotContain(phone);
        assertThat(conversationsWith(click.path("ctwa_clid").asText())).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = Provider.class, names = {"TWILIO", "INFOBIP", "VONAGE"})
    void aHiddenPhoneIsRefusedWhereNoSuchWebhookIsKnown(Provider provider) {
        Reply reply = send(Map.of("provider", provider.provider(), "withoutPhone", true));

        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.body()).contains(provider.provider(), "withoutPhone");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void fivePeopleHaveFiveConversations(Provider provider) {
        JsonNode click = click(provider, Map.of("messages", 5));

        assertThat(click.path("people")).hasSize(5);
        for (JsonNode person : click.path("people")) {
            JsonNode clicks = demo.clicks(person.path("phone").asText().substring(1));
            assertThat(clicks).hasSize(1);
            assertThat(clicks.get(0).path("ctwa_clid")).isEqualTo(person.path("ctwa_clid"));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Provider.class, names = "META", mode = EXCLUDE)
    void theDemoAccountGetsAChannelOfAnyProvider(Provider provider) {
        server.call("GET", channels(), null).json().path("channels").forEach(channel -> {
            if (channel.path("provider").asText().equals(provider.provider())) {
                server.call("DELETE", channels() + "/" + channel.path("_id").asText(), null);
            }
        });
        JsonNode channel = send(Map.of("provider", provider.provider())).json().path("channel");

        assertThat(channel.path("key").asText()).isEqualTo("demo-" + provider.provider());
        assertThat(channel.path("webhookPath").asText()).isEqualTo("/webhooks/" + provider.provider() + "/demo-" + provider.provider());
        assertThat(send(Map.of("provider", provider.provider())).json().path("channel")).isEqualTo(channel);
    }

    @Test
    void aKeyChoosesTheChannelAndWithItTheAccount() {
        for (String key : new String[] {"whatsapp:+1555" + Webhooks.unique(), "a b/c%d ü" + Webhooks.unique()}) {
            TestChannel channel = TestChannel.open(server, "whapi", key);
            String sender = Webhooks.phone();
            JsonNode click = clickOf(Map.of("provider", "whapi", "key", key, "phone", sender));

            assertThat(click.at("/channel/_id").asText()).isEqualTo(channel.id);
            assertThat(channel.account.clicks(sender)).hasSize(1);
            assertThat(demo.conversation(sender)).isNull();
        }
    }

    @Test
    void aNumberOfAnotherAppIsPlayedWithThatAppsSecret() {
        String number = "30" + Webhooks.unique();
        TestChannel channel = TestChannel.open(server, "meta", number);
        clickOf(Map.of("provider", "meta", "key", number, "phone", phone));

        assertThat(channel.account.clicks(phone)).hasSize(1);
    }

    @Test
    void aNumberOnCloudApiIsPlayedAtItsUsualAddress() {
        TestAccount account = TestAccount.connect(server);
        JsonNode click = clickOf(Map.of("provider", "meta", "key", account.phoneNumberId, "phone", phone));

        assertThat(click.at("/channel/webhookPath").asText()).isEqualTo("/webhooks/meta");
        assertThat(account.clicks(phone)).hasSize(1);
    }

    @Test
    void aKeyThatNoChannelHasIsAnsweredWithTheWayToMakeOne() {
        Reply reply = send(Map.of("provider", "whapi", "key", "nobody-" + Webhooks.unique()));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("code").asText()).isEqualTo("channel_not_found");
        assertThat(reply.json().path("error").asText()).contains("POST /api/v1/accounts/" + demo.id + "/channels");
    }

    @Test
    void aChannelWithoutASecretCannotBePlayed() {
        TestAccount account = TestAccount.outsideCloudApi(server);
        String key = "open-" + Webhooks.unique();
        server.call("POST", "/api/v1/accounts/" + account.id + "/channels", Map.of("provider", "whapi", "key", key));
        Reply reply = send(Map.of("provider", "whapi", "key", key));

        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.json().path("code").asText()).isEqualTo("no_secret");
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertThat(send(Map.of("provider", "telegram")).json().path("error").asText()).contains("whapi").contains("generic");
        assertThat(send(Map.of("provider", "telegram")).status()).isEqualTo(400);
        assertThat(send(Map.of("provider", "whapi", "phoneNumberId", "1")).status()).isEqualTo(400);
        assertThat(send(Map.of("provider", 1)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"meta,X-Hub-Signature-256", "twilio,X-Twilio-Signature", "whapi,X-Webhook-Secret", "evolution,X-Webhook-Secret",
        "waha,X-Webhook-Hmac X-Webhook-Hmac-Algorithm X-Webhook-Request-Id X-Webhook-Timestamp", "gowa,X-Hub-Signature-256",
        "zernio,X-Zernio-Signature X-Zernio-Event-Id", "vonage,Authorization", "generic,X-Webhook-Secret",
        "chatwoot,X-Chatwoot-Signature X-Chatwoot-Timestamp X-Chatwoot-Delivery"})
    void aProviderSendsTheHeadersOfItsOwn(String provider, String headers) throws Exception {
        assertThat(ProviderShapesTest.made(server, Map.of("provider", provider)).headers()).containsOnlyKeys(headers.split(" "));
    }

    private int conversationsWith(String clickId) {
        return server.database().queryForObject("select count(distinct conversation_id) from click where ctwa_clid = ?",
                Integer.class, clickId);
    }

    private String channels() {
        return "/api/v1/accounts/" + demo.id + "/channels";
    }

    private JsonNode click(Provider provider, Map<String, ?> wishes) {
        Map<String, Object> all = new HashMap<>(wishes);
        all.put("provider", provider.provider());
        all.put("phone", phone);
        return clickOf(all);
    }

    private JsonNode clickOf(Map<String, ?> wishes) {
        Reply reply = send(wishes);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("webhookStatus").asInt()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private Reply send(Map<String, ?> wishes) {
        return server.send("POST", "/simulator/click", Server.json(wishes), "Content-Type", "application/json");
    }
}
