package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Server.Reply;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import java.time.Instant;
import java.util.Map;

/** A provider as a test plays it, at a channel of its own, with a person who writes to the business. */
final class PlayedProvider {

    final ProviderContract contract;
    final String provider;
    final TestChannel channel;
    final TestAccount account;
    final String phone;
    private final String unique;
    private final long since = TestAccount.now();

    private PlayedProvider(String provider, String unique, TestChannel channel, String phone) {
        this.contract = ProviderContract.of(provider);
        this.provider = provider;
        this.unique = unique;
        this.channel = channel;
        this.account = channel.account;
        this.phone = phone;
    }

    /** With a new channel of a new account. */
    static PlayedProvider of(String provider) {
        ProviderContract contract = ProviderContract.of(provider);
        String unique = Webhooks.unique();
        TestChannel channel = TestChannel.open(TestAccount.outsideCloudApi(Server.shared()), provider,
                contract.key().replace("@unique@", unique), contract.config());
        return new PlayedProvider(provider, unique, channel, Webhooks.phone());
    }

    /** The same channel with another person. */
    PlayedProvider another() {
        return new PlayedProvider(provider, unique, channel, Webhooks.phone());
    }

    /** The sample with its ad. */
    String complete() {
        return with(contract.ad());
    }

    /** The sample without. */
    String bare() {
        return with(contract.bare());
    }

    /** The sample with this in the ad's place. */
    String with(String ad) {
        return filled(contract.sample().replace("@ad@", ad));
    }

    /** Any text of the contract as this person's. */
    String filled(String text) {
        return text.replace("@key@", channel.key).replace("@unique@", unique).replace("@phone@", phone);
    }

    /** A body in which every key, which must be there, became its value. */
    String changed(String body, Map<String, String> changes) {
        String changed = body;
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(changed).contains(filled(change.getKey()));
            changed = changed.replace(filled(change.getKey()), filled(change.getValue()));
        }
        return changed;
    }

    Reply send(String body) {
        return ProviderPlay.send(channel, provider, body);
    }

    JsonNode clicks() {
        return account.clicks(phone);
    }

    /** The person has one click, which is all that the contract says, and is known by name. */
    void isCaptured() {
        assertThat(clicks()).as(provider).hasSize(1);
        JsonNode click = clicks().get(0);
        contract.click().forEach((field, value) -> {
            if (value.equals("received")) {
                assertThat(Instant.parse(click.path(field).asText()).getEpochSecond()).as(field).isBetween(since, TestAccount.now());
            } else {
                assertThat(click.path(field).asText()).as(field).isEqualTo(filled(value));
            }
        });
        assertThat(account.conversation(phone).path("participantName").asText()).isEqualTo(contract.name());
    }

    /** Neither a contact nor a quarantined webhook. */
    void storedNothing() {
        assertThat(account.server.database().queryForObject("select count(*) from conversation where account_id = ?", Integer.class,
                account.id)).as("conversations").isZero();
        assertThat(channel.quarantined()).as("quarantined").isZero();
    }
}
