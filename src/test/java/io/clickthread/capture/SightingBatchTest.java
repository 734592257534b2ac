package io.clickthread.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickthread.contact.Alias;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever repeats in a batch, the database is handed each thing once, in one order. */
class SightingBatchTest {

    @Property(tries = 500)
    void nothingIsHandedOverTwice(@ForAll("sightings") List<Sighting> sightings) {
        Map<String, Object> parameters = parameters(new SightingBatch(sightings));

        List<String> aliases = rows(parameters, "aliasContacts", "aliasKinds", "aliasValues", "accounts");
        assertThat(aliases).doesNotHaveDuplicates();
        String[] clickIds = (String[]) parameters.get("clickIds");
        String[] messageIds = (String[]) parameters.get("messageIds");
        int[] owners = (int[]) parameters.get("clickContacts");
        Set<String> clicks = new HashSet<>();
        Set<String> touches = new HashSet<>();
        Set<String> messages = new HashSet<>();
        for (int i = 0; i < clickIds.length; i++) {
            String message = owners[i] + " " + messageIds[i];
            assertThat(clickIds[i] == null ? touches.add(message) : clicks.add(owners[i] + " " + clickIds[i]))
                    .as("one row a click id, one a touch").isTrue();
            if (clickIds[i] != null) {
                messages.add(message);
            }
        }
        assertThat(touches).as("a message with a click id is no touch").noneMatch(messages::contains);
    }

    @Property(tries = 500)
    void everyAliasAndEveryClickIsHandedOver(@ForAll("sightings") List<Sighting> sightings) {
        SightingBatch batch = new SightingBatch(sightings);
        Map<String, Object> parameters = parameters(batch);

        Set<String> handed = new HashSet<>(List.of((String[]) parameters.get("aliasValues")));
        Set<String> clicks = new HashSet<>();
        for (String clickId : (String[]) parameters.get("clickIds")) {
            clicks.add(clickId);
        }
        for (Sighting sighting : sightings) {
            sighting.message().aliases().forEach(alias -> assertThat(handed).contains(alias.value()));
            if (sighting.message().referral() != null && sighting.message().referral().clickId() != null) {
                assertThat(clicks).contains(sighting.message().referral().clickId());
            }
        }
    }

    @Property(tries = 500)
    void whoSharesAnAliasIsOneContactAndNobodyElse(@ForAll("sightings") List<Sighting> sightings) {
        SightingBatch batch = new SightingBatch(sightings);

        for (int i = 0; i < batch.contacts().size(); i++) {
            for (int j = 0; j < i; j++) {
                SightingBatch.Contact one = batch.contacts().get(i);
                SightingBatch.Contact other = batch.contacts().get(j);
                assertThat(one.accountId().equals(other.accountId())
                        && one.aliases().stream().anyMatch(other.aliases()::contains)).isFalse();
            }
        }
        for (Sighting sighting : sightings) {
            assertThat(batch.contacts()).anyMatch(contact -> contact.accountId().equals(sighting.accountId())
                    && contact.aliases().containsAll(sighting.message().aliases()));
        }
    }

    @Property(tries = 500)
    void theOrderOfContactsDoesNotDependOnThatOfTheSightings(@ForAll("sightings") List<Sighting> sightings) {
        List<Sighting> reversed = new ArrayList<>(sightings);
        java.util.Collections.reverse(reversed);

        assertThat(describe(new SightingBatch(reversed))).isEqualTo(describe(new SightingBatch(sightings)));
    }

    @Property(tries = 500)
    void ofTheSameClickTheEarliestMessageCounts(@ForAll("sightings") List<Sighting> sightings) {
        SightingBatch batch = new SightingBatch(sightings);
        Map<String, Object> parameters = parameters(batch);
        String[] clickIds = (String[]) parameters.get("clickIds");
        long[] times = (long[]) parameters.get("clickedAt");
        int[] owners = (int[]) parameters.get("clickContacts");

        for (int i = 0; i < clickIds.length; i++) {
            SightingBatch.Contact owner = batch.contacts().get(owners[i]);
            String clickId = clickIds[i];
            long earliest = sightings.stream().filter(sighting -> sighting.accountId().equals(owner.accountId())
                            && owner.aliases().containsAll(sighting.message().aliases())
                            && sighting.message().referral() != null
                            && java.util.Objects.equals(sighting.message().referral().clickId(), clickId))
                    .mapToLong(sighting -> sighting.message().sentAt()).min().orElseThrow();
            assertThat(clickId == null || times[i] == earliest).isTrue();
        }
    }

    @Provide
    Arbitrary<List<Sighting>> sightings() {
        Arbitrary<List<Alias>> aliases = Combinators.combine(Arbitraries.integers().between(1, 4),
                Arbitraries.integers().between(1, 4), Arbitraries.integers().between(0, 2)).as((phone, user, which) -> {
                    List<Alias> known = new ArrayList<>();
                    if (which != 1) {
                        known.add(new Alias(Alias.PHONE, "p" + phone));
                    }
                    if (which != 0) {
                        known.add(new Alias(Alias.USER_ID, "u" + user));
                    }
                    return known;
                });
        Arbitrary<Referral> referrals = Arbitraries.of("a", "b", "c", "touch").injectNull(0.2)
                .map(id -> id == null ? null
                        : new Referral(id.equals("touch") ? null : id, "1", "ad", null, null, null, null));
        return Combinators.combine(Arbitraries.of("account1", "account2"), aliases, referrals.injectNull(0.1),
                        Arbitraries.longs().between(1, 5), Arbitraries.integers().between(1, 12))
                .as((account, known, referral, time, message) -> new Sighting(account, "channel", "meta",
                        new InboundMessage("number", null, known, known.get(0).value(), "Name", false, "wamid." + message, time,
                                referral, null, null)))
                .list().ofMaxSize(12);
    }

    private static List<String> describe(SightingBatch batch) {
        return batch.contacts().stream().map(contact -> contact.accountId() + contact.aliases()).toList();
    }

    private static List<String> rows(Map<String, Object> parameters, String owner, String first, String second,
                                     String accounts) {
        int[] owners = (int[]) parameters.get(owner);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < owners.length; i++) {
            rows.add(((String[]) parameters.get(accounts))[owners[i]] + " " + ((String[]) parameters.get(first))[i]
                    + " " + ((String[]) parameters.get(second))[i]);
        }
        return rows;
    }

    private static Map<String, Object> parameters(SightingBatch batch) {
        Map<String, Object> parameters = new HashMap<>(batch.contactParameters());
        parameters.putAll(batch.clickParameters(new String[batch.contacts().size()]));
        return parameters;
    }
}
