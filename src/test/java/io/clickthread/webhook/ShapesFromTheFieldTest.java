package io.clickthread.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.channel.Channels;
import io.clickthread.channel.Provider;
import io.clickthread.support.Server;
import io.clickthread.support.TestAccount;
import io.clickthread.support.TestChannel;
import io.clickthread.support.Webhooks;
import io.clickthread.webhook.fuzz.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Webhooks as providers' documents, servers and users show them, with values of our own, in {@code src/test/resources/shapes}:
 * beside each stands who its contacts are, which clicks it brings, whether it is quarantined and what is passed over.
 */
class ShapesFromTheFieldTest {

    private static final Path FOLDER = Path.of("src/test/resources/shapes");

    private final Server server = Server.shared();

    static Stream<Arguments> shapes() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER, 2)) {
            return files.filter(file -> file.toString().matches(".*(?<!\\.expected)\\.(json|form)")).sorted()
                    .map(file -> Arguments.of(file.getParent().getFileName().toString(), file.getFileName().toString()))
                    .toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aShapeFromTheFieldIsReadAsItIsMeant(String provider, String name) throws IOException {
        String key = "4479" + Webhooks.unique();
        TestChannel channel = TestChannel.open(TestAccount.outsideCloudApi(server), provider, key,
                provider.equals("generic") ? Sample.GENERIC_CONFIG : null);
        String body = filled(Files.readString(FOLDER.resolve(provider).resolve(name)).strip(), key);
        JsonNode expected = Server.JSON.readTree(Files.readString(FOLDER.resolve(provider)
                .resolve(name.replaceAll("\\.(json|form)$", ".expected.json"))));

        assertThat(ProviderPlay.send(channel, provider, body).status()).isEqualTo(200);

        assertThat(contacts(channel)).isEqualTo(sets(expected.path("contacts")));
        assertThat(clicks(channel)).isEqualTo(list(expected.path("clicks")));
        assertThat(channel.quarantined()).as("quarantined").isEqualTo(expected.path("quarantined").asBoolean() ? 1 : 0);
        assertThat(new TreeMap<>(server.context.getBean(Adapters.class).parse(Provider.of(provider), server.context
                .getBean(Channels.class).find(provider, key), body.getBytes(StandardCharsets.UTF_8)).passedOver()))
                .isEqualTo(Server.JSON.convertValue(expected.path("passedOver"), TreeMap.class));
    }

    @Test
    void everyProviderHasThreeShapesOrMore() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        shapes().forEach(shape -> counts.merge((String) shape.get()[0], 1, Integer::sum));

        assertThat(counts.keySet()).containsAll(Sample.providersWithRoute().stream().filter(name -> !name.equals("meta"))
                .toList());
        assertThat(counts.values()).allMatch(count -> count >= 3);
    }

    private static String filled(String text, String key) {
        long now = TestAccount.now() - 60;
        return text.replace("@key@", key).replace("\"@now@\"", Long.toString(now)).replace("\"@ms@\"", Long.toString(now * 1_000))
                .replace("@now@", Long.toString(now)).replace("@iso@", Instant.ofEpochSecond(now).toString());
    }

    private Set<Set<String>> contacts(TestChannel channel) {
        Map<Object, Set<String>> contacts = new TreeMap<>();
        server.database().queryForList("select conversation_id, kind || ':' || value as alias from contact_alias "
                + "where account_id = ?", channel.account.id).forEach(row -> contacts.computeIfAbsent(row.get("conversation_id"), id -> new HashSet<>())
                .add((String) row.get("alias")));
        return new HashSet<>(contacts.values());
    }

    private List<List<String>> clicks(TestChannel channel) {
        List<List<String>> clicks = new ArrayList<>();
        server.database().queryForList("select ctwa_clid, source_id from click where account_id = ? order by id",
                channel.account.id).forEach(row -> clicks.add(Arrays.asList((String) row.get("ctwa_clid"),
                        (String) row.get("source_id"))));
        return clicks;
    }

    private static Set<Set<String>> sets(JsonNode contacts) {
        Set<Set<String>> sets = new HashSet<>();
        contacts.forEach(contact -> {
            Set<String> aliases = new HashSet<>();
            contact.forEach(alias -> aliases.add(alias.asText()));
            sets.add(aliases);
        });
        return sets;
    }

    private static List<List<String>> list(JsonNode clicks) {
        List<List<String>> list = new ArrayList<>();
        clicks.forEach(click -> list.add(Arrays.asList(click.path("clickId").textValue(), click.path("sourceId").textValue())));
        return list;
    }
}
