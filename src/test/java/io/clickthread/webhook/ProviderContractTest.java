package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.channel.Provider;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the webhooks of every provider alike; what is special to one is in its own test. */
class ProviderContractTest {

    private static final String ANOTHER = "another secret, long enough";

    /** What is nobody's webhook. */
    private static final List<String> NOBODYS = List.of("null", "{");
    private static final List<String> WRONG_TYPES = List.of("[]", "7", "null", "\"x\"", "{\"a\":[{}]}", "[[1],null]");

    /** Numbers as the samples write them, and times. */
    private static final List<String> TYPED = List.of("\"\\+?1555\\d+\"", "\"2026-[^\"]*\"|\"17\\d{8}\"");

    static Stream<String> providers() {
        return ProviderContract.names();
    }

    /** One of those that send the same bodies. */
    static Stream<String> contracts() {
        return providers().filter(provider -> ProviderContract.of(provider).providers().get(0).equals(provider));
    }

    static Stream<String> contractsWithLists() {
        return contracts().filter(provider -> !ProviderContract.of(provider).neighbours().isEmpty());
    }

    /** What has the wrong type at others is among what is none of their messages. */
    static Stream<String> contractsWithAReferral() {
        return contracts().filter(provider -> ProviderContract.of(provider).sample().contains("\"referral\":@ad@"));
    }

    @Test
    void everyProviderHasAContract() {
        assertThat(providers()).containsExactlyInAnyOrderElementsOf(Arrays.stream(Provider.values()).map(Provider::provider).toList());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aMessageWithoutAnAdIsAContactThatItsAdCompletesAndARepetitionChangesNothing(String provider) {
        PlayedProvider played = PlayedProvider.of(provider);
        assertThat(played.send(played.bare()).status()).isEqualTo(200);
        assertThat(played.account.conversation(played.phone)).isNotNull();
        assertThat(played.clicks()).isEmpty();

        played.send(played.complete());
        JsonNode captured = played.clicks();
        assertThat(captured).hasSize(1);
        played.send(played.changed(played.complete(), played.contract.again()));
        assertThat(played.clicks()).isEqualTo(captured);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void withoutTheRightProofNothingIsStoredAndWithItTheClickIsWithItsAdAndItsPerson(String provider) {
        PlayedProvider played = PlayedProvider.of(provider);
        String body = played.complete();
        List<String> right = ProviderPlay.proof(played.channel, provider, body, TestChannel.SECRET);
        List<String> ofAnotherBody = ProviderPlay.proof(played.channel, provider, played.bare(), TestChannel.SECRET);

        assertThat(ProviderPlay.send(played.channel, provider, body, List.of()).status()).as("none").isEqualTo(401);
        assertThat(ProviderPlay.send(played.channel, provider, body, ProviderPlay.proof(played.channel, provider, body, ANOTHER))
                .status()).as("of another secret").isEqualTo(401);
        if (!ofAnotherBody.equals(right)) {
            assertThat(ProviderPlay.send(played.channel, provider, body, ofAnotherBody).status()).as("of another body").isEqualTo(401);
        }
        played.storedNothing();

        assertThat(played.send(body).status()).isEqualTo(200);
        played.isCaptured();
        assertThat(played.channel.quarantined()).isZero();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void aReplacedSecretIsGoodBesideItsSuccessorAndNoLonger(String provider) {
        PlayedProvider played = PlayedProvider.of(provider);
        change(played.channel, "the second, long enough");
        assertThat(provenWith(played, TestChannel.SECRET)).isEqualTo(200);
        assertThat(provenWith(played, "the second, long enough")).isEqualTo(200);
        assertThat(provenWith(played, "the third, long enough")).isEqualTo(401);

        change(played.channel, "the third, long enough");
        assertThat(provenWith(played, "the third, long enough")).isEqualTo(200);
        assertThat(provenWith(played, "the second, long enough")).isEqualTo(200);
        assertThat(provenWith(played, TestChannel.SECRET)).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void whatIsNoneOfTheProvidersMessagesIsKeptAndNobodysContact(String provider) {
        PlayedProvider played = PlayedProvider.of(provider);
        Set<String> bodies = new LinkedHashSet<>(played.contract.foreign());
        if (!provider.equals("twilio")) {
            bodies.addAll(NOBODYS);
        }
        if (!played.contract.providers().contains("meta")) {
            bodies.add("{\"object\":\"whatsapp_business_account\",\"entry\":[]}");
            bodies.add(new String(Server.json(Webhooks.of("123", Webhooks.click(played.phone, "x", TestAccount.now()))),
                    StandardCharsets.UTF_8));
        }
        int kept = 0;
        for (String body : bodies) {
            assertThat(played.send(body).status()).as(body).isEqualTo(200);
            assertThat(played.channel.quarantined()).as(body).isEqualTo(++kept);
        }
        assertThat(played.account.conversation(played.phone)).isNull();
        assertThat(played.account.conversation("628123456789")).isNull();
    }

    @ParameterizedTest
    @MethodSource("contractsWithAReferral")
    void valuesOfTheWrongTypeDoNoHarm(String provider) {
        PlayedProvider played = PlayedProvider.of(provider);
        Set<String> bodies = new LinkedHashSet<>(WRONG_TYPES);
        for (String wrong : WRONG_TYPES) {
            bodies.add(played.with(wrong));
            TYPED.forEach(typed -> bodies.add(played.complete().replaceAll(typed, Matcher.quoteReplacement(wrong))));
        }
        for (String body : bodies) {
            assertThat(played.send(body).status()).as(body).isEqualTo(200);
        }

        PlayedProvider next = played.another();
        next.send(next.complete());
        next.isCaptured();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void whatNoCustomerWroteIsNoContact(String provider) {
        PlayedProvider played = PlayedProvider.of(provider);
        ProviderContract.NoContacts noContacts = played.contract.noContacts();
        Stream.of(noContacts.complete().stream().map(changes -> played.changed(played.complete(), changes)),
                noContacts.bare().stream().map(changes -> played.changed(played.bare(), changes)),
                noContacts.bodies().stream().map(played::filled)).flatMap(bodies -> bodies).forEach(body -> {
                    assertThat(played.send(body).status()).as(body).isEqualTo(200);
                    played.storedNothing();
                });
    }

    @ParameterizedTest
    @MethodSource("contractsWithLists")
    void oneUnreadableMessageOfAListCostsNoNeighbour(String provider) {
        PlayedProvider played = PlayedProvider.of(provider);

        played.send(played.changed(played.complete(), played.contract.neighbours()));

        played.isCaptured();
        assertThat(played.channel.quarantined()).isEqualTo(1);
    }

    private static void change(TestChannel channel, String secret) {
        assertThat(channel.account.server.call("PUT", "/api/v1/accounts/" + channel.account.id + "/channels/" + channel.id,
                Map.of("secret", secret)).status()).isEqualTo(200);
    }

    private static int provenWith(PlayedProvider played, String secret) {
        return ProviderPlay.send(played.channel, played.provider, played.bare(),
                ProviderPlay.proof(played.channel, played.provider, played.bare(), secret)).status();
    }
}
