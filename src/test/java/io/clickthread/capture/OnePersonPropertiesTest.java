package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.contact.Alias;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.Webhooks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.camel.ProducerTemplate;

/**
 * Two people, each known in five ways, whose messages come in any order, repeated, each with some of the ways: both end up
 * as one contact each, with the ledger that their messages in order would give, and never mix.
 */
class OnePersonPropertiesTest {

    private static final List<String> KINDS =
            List.of(Alias.PHONE, Alias.USER_ID, Alias.PARENT_USER_ID, Alias.LID, Alias.PROVIDER_ID);
    private static final int ALL = (1 << KINDS.size()) - 1;
    private static final long BEGIN = 1_750_000_000L;

    /** What a person's six messages bring: nothing, nothing, a touch, a click, and twice one click. */
    private static final List<String> CLICKS = List.of("", "", "touch", "own", "shared", "shared");

    private final Server server = Server.shared();
    private final TestAccount account = TestAccount.connect(server);
    private final ProducerTemplate routes = server.context.getBean(ProducerTemplate.class);

    /** One delivery of a person's message; bare: its click id is not in it, as on the first of two webhooks about it. */
    record Delivery(int person, int message, int aliases, boolean bare, boolean endsWebhook) {
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void anyOrderGivesTheSameContactsAndLedgers(@ForAll("deliveries") List<Delivery> deliveries) {
        String run = Webhooks.unique();
        webhooks(deliveries, run).forEach(this::record);

        holds(deliveries, run);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void soDoWebhooksThatComeAtTheSameTime(@ForAll("deliveries") List<Delivery> deliveries) {
        String run = Webhooks.unique();
        List<CompletableFuture<Void>> writing = webhooks(deliveries, run).stream()
                .map(webhook -> CompletableFuture.runAsync(() -> record(webhook))).toList();
        writing.forEach(CompletableFuture::join);

        holds(deliveries, run);
    }

    private void holds(List<Delivery> deliveries, String run) {
        Set<String> conversations = new LinkedHashSet<>();
        for (int person = 0; person < 2; person++) {
            int who = person;
            String[] values = KINDS.stream().map(kind -> value(run, who, kind)).toArray(String[]::new);
            List<String> found = server.database().queryForList("select distinct conversation_id from contact_alias "
                    + "where account_id = ? and kind <> 'conversation' and value = any (?)", String.class, account.id, values);
            assertThat(found).as("conversations of person %s", person).hasSize(1);
            conversations.addAll(found);
            List<String> ledger = server.database().queryForList("select coalesce(ctwa_clid, 'touch') || ' ' "
                    + "|| extract(epoch from clicked_at)::bigint from click where conversation_id = ? order by clicked_at, id",
                    String.class, found.get(0));
            assertThat(ledger).as("clicks of person %s", person).isEqualTo(expected(deliveries, run, person));
        }
        assertThat(conversations).as("contacts").hasSize(2);
    }

    /** The rule in plain words: each click id, and each touch, once, at its earliest time. */
    private static List<String> expected(List<Delivery> deliveries, String run, int person) {
        Set<String> seen = new LinkedHashSet<>();
        List<String> ledger = new ArrayList<>();
        for (int message = 2; message < CLICKS.size(); message++) {
            int number = message;
            List<Delivery> of = deliveries.stream()
                    .filter(delivery -> delivery.person() == person && delivery.message() == number).toList();
            boolean complete = of.stream().anyMatch(delivery -> clickId(delivery, run) != null);
            String click = complete ? CLICKS.get(message) + run + "." + person : "touch";
            if (!of.isEmpty() && (!complete || seen.add(click))) {
                ledger.add(click + " " + (BEGIN + message));
            }
        }
        return ledger;
    }

    private List<List<InboundMessage>> webhooks(List<Delivery> deliveries, String run) {
        List<List<InboundMessage>> webhooks = new ArrayList<>(List.of(new ArrayList<>()));
        for (Delivery delivery : deliveries) {
            webhooks.get(webhooks.size() - 1).add(message(delivery, run));
            if (delivery.endsWebhook()) {
                webhooks.add(new ArrayList<>());
            }
        }
        webhooks.removeIf(List::isEmpty);
        return webhooks;
    }

    private InboundMessage message(Delivery delivery, String run) {
        List<Alias> aliases = new ArrayList<>();
        for (int i = 0; i < KINDS.size(); i++) {
            if ((delivery.aliases() & 1 << i) != 0) {
                aliases.add(new Alias(KINDS.get(i), value(run, delivery.person(), KINDS.get(i))));
            }
        }
        String click = CLICKS.get(delivery.message());
        Referral referral = click.isEmpty() ? null
                : new Referral(clickId(delivery, run), "ad-1", "ad", null, null, null, null);
        return new InboundMessage(account.phoneNumberId, null, aliases, aliases.get(0).value(), null,
                false, "wamid." + run + "." + delivery.person() + "." + delivery.message(), BEGIN + delivery.message(),
                referral, referral == null ? null : "{}", null);
    }

    private static String clickId(Delivery delivery, String run) {
        String click = CLICKS.get(delivery.message());
        boolean none = click.isEmpty() || click.equals("touch") || click.equals("own") && delivery.bare();
        return none ? null : click + run + "." + delivery.person();
    }

    private static String value(String run, int person, String kind) {
        return kind.equals(Alias.PHONE) ? "1555" + run + person : kind + "-" + run + "-" + person;
    }

    private void record(List<InboundMessage> webhook) {
        IngestResult result = routes.requestBody("direct:capture-clicks",
                new InboundWebhook("meta", null, new byte[0], webhook, List.of(), null), IngestResult.class);
        assertThat(result.quarantineReason()).isNull();
    }

    /** Any deliveries, and among them, anywhere, one message of each person that names all of its aliases. */
    @Provide
    Arbitrary<List<Delivery>> deliveries() {
        Arbitrary<Delivery> any = Combinators.combine(Arbitraries.of(0, 1),
                Arbitraries.integers().between(0, CLICKS.size() - 1), Arbitraries.integers().between(1, ALL),
                Arbitraries.of(true, false), Arbitraries.of(true, false)).as(Delivery::new);
        return any.list().ofMinSize(1).ofMaxSize(14).flatMap(list -> {
            List<Delivery> all = new ArrayList<>(list);
            all.add(new Delivery(0, 0, ALL, false, true));
            all.add(new Delivery(1, 1, ALL, false, true));
            return Arbitraries.shuffle(all);
        });
    }
}
