package io.clickthread.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a provider sends and what of it is captured, from {@code src/test/resources/providers}.
 *
 * @param providers  who sends such bodies
 * @param key        of a channel, with {@code @unique@}
 * @param config     of a channel; null if it needs none
 * @param sample     a webhook as the provider documents it, with values of our own and {@code @key@}, {@code @unique@},
 *                   {@code @phone@} and {@code @ad@}
 * @param ad         what stands in its place {@code @ad@} if the message comes from an ad
 * @param bare       what stands there otherwise
 * @param again      what is different where the provider delivers the same message once more
 * @param click      the click as the API shows it; its time may be {@code received}
 * @param name       the person's
 * @param foreign    bodies that are none of the provider's messages, beside those that are nobody's
 * @param noContacts what is the provider's, and no message of a customer
 * @param neighbours what puts broken messages into the list beside the message; empty if the provider has no lists
 */
record ProviderContract(List<String> providers, String key, Map<String, Object> config, String sample, String ad, String bare,
                        Map<String, String> again, Map<String, String> click, String name, List<String> foreign,
                        NoContacts noContacts, Map<String, String> neighbours) {

    private static final Path FOLDER = Path.of("src/test/resources/providers");
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final List<ProviderContract> ALL = read();

    ProviderContract {
        sample = sample.strip();
        ad = ad.strip();
        again = Objects.requireNonNullElse(again, Map.of());
        foreign = Objects.requireNonNullElse(foreign, List.of());
        neighbours = Objects.requireNonNullElse(neighbours, Map.of());
    }

    /**
     * Changes of the sample, and whole bodies.
     *
     * @param complete changes of the sample with its ad
     * @param bare     changes of the sample without
     * @param bodies   others
     */
    record NoContacts(List<Map<String, String>> complete, List<Map<String, String>> bare, List<String> bodies) {

        NoContacts {
            complete = Objects.requireNonNullElse(complete, List.of());
            bare = Objects.requireNonNullElse(bare, List.of());
            bodies = Objects.requireNonNullElse(bodies, List.of());
        }
    }

    /** The names of all providers that have a contract. */
    static Stream<String> names() {
        return ALL.stream().flatMap(contract -> contract.providers().stream()).sorted();
    }

    /** A provider's. */
    static ProviderContract of(String provider) {
        return ALL.stream().filter(contract -> contract.providers().contains(provider)).findFirst().orElseThrow();
    }

    private static List<ProviderContract> read() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(ProviderContract::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProviderContract read(Path file) {
        try {
            return YAML.readValue(file.toFile(), ProviderContract.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
