package io.clickthread.webhook.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import io.clickthread.support.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A provider's webhook as its documentation shows it, with values of our own and places for what makes it one person's.
 *
 * @param provider whose it is
 * @param isForm   whether it is a form; else JSON
 * @param isClick  whether it has an ad click; else other signs of one
 * @param text     with {@code @phone@}, {@code @click@}, {@code @message@}, {@code @number@}, {@code @now@} and {@code @key@}
 */
public record Sample(String provider, boolean isForm, boolean isClick, String text) {

    /** How a generic channel reads its sample. */
    public static final Map<String, Object> GENERIC_CONFIG = Map.of("paths", Map.of("messages", "$.items[*]", "contact", "$.who",
            "messageId", "$.mid", "timestamp", "$.when", "clickId", "$.ad.click", "sourceId", "$.ad.id", "sourceUrl", "$.ad.url",
            "sourceType", "$.ad.kind", "headline", "$.ad.head", "body", "$.ad.text"));

    private static final Path FOLDER = Path.of("src/test/resources/samples");

    /** Where a provider has a list of messages, so that one message may have neighbours. */
    private static final Map<String, String> LISTS = Map.of("meta", "/entry/0/changes/0/value/messages",
            "360dialog", "/entry/0/changes/0/value/messages", "gupshup", "/entry/0/changes/0/value/messages",
            "passthrough", "/entry/0/changes/0/value/messages", "whapi", "/messages", "infobip", "/results",
            "baileys", "/messages", "generic", "/items");

    /** Every provider's. */
    public static List<Sample> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(Sample::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The providers that have a route. */
    public static List<String> providersWithRoute() {
        try (Stream<String> lines = Files.lines(Path.of("routes/capture/providers.camel.yaml"))) {
            return Stream.concat(Stream.of("meta"), lines.map(String::strip).filter(line -> line.startsWith("routeId:"))
                    .map(line -> line.replaceAll("routeId: receive-(.*)-webhook", "$1"))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The webhook of one person, whose click id is {@code click}. */
    public String of(String key, String click) {
        String number = Webhooks.unique();
        return text.replace("@key@", key).replace("@phone@", "1555" + number).replace("@click@", click)
                .replace("@message@", "m" + click).replace("@number@", number)
                .replace("@now@", Long.toString(System.currentTimeMillis() / 1000));
    }

    /** The same as JSON. */
    public JsonNode json(String key, String click) {
        try {
            return Server.JSON.readTree(of(key, click));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON pointer of the list of messages, or null if a webhook has one message only. */
    public String list() {
        return LISTS.get(provider);
    }

    private static Sample read(Path file) {
        try {
            String name = file.getFileName().toString();
            return new Sample(name.substring(0, name.indexOf('.')), name.endsWith(".form"), !name.contains(".signs."), Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
