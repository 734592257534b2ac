package io.clickthread.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.http.JsonFields;
import io.clickthread.security.Hmac;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the {@code config} of a channel from a request. */
public final class ChannelConfigs {

    /** The fields of a generic channel's messages that a path may be given for. */
    public static final Set<String> PATHS = new TreeSet<>(Set.of("messages", "contact", "name", "messageId", "timestamp",
            "clickId", "sourceId", "sourceUrl", "sourceType", "headline", "body", "mediaType"));

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final List<String> NEEDED = List.of("contact", "messageId");

    private ChannelConfigs() {
    }

    /**
     * Reads a config; faults are noted with the field's whole name.
     *
     * @param provider the channel's provider
     * @param config   the JSON that was sent; missing for none
     * @param fields   takes the faults
     * @return the config, unless there are faults
     */
    public static ChannelConfig read(Provider provider, JsonNode config, JsonFields fields) {
        boolean generic = provider == Provider.GENERIC;
        if (!config.isMissingNode() && !config.isObject()) {
            fields.fault("config", "'config' must be an object.");
        }
        Set<String> known = generic ? Set.of("header", "signature", "paths") : Set.of("header");
        unknown(config, "config", known, fields);
        String header = header(config, "config", "header", fields);
        ChannelConfig.Signature signature = generic && config.has("signature") ? signature(config.path("signature"), fields) : null;
        return new ChannelConfig(header, signature, generic ? paths(config.path("paths"), fields) : null);
    }

    private static ChannelConfig.Signature signature(JsonNode given, JsonFields fields) {
        String name = "config.signature";
        unknown(given, name, Set.of("header", "algorithm", "encoding", "prefix", "template", "timestampHeader"), fields);
        String header = header(given, name, "header", fields);
        if (header == null) {
            fields.fault(name + ".header", "'config.signature.header' is required: the header that carries the signature.");
        }
        String algorithm = text(given, name, "algorithm", fields);
        if (Hmac.of(algorithm == null ? "hmac-sha256" : algorithm) == null) {
            fields.fault(name + ".algorithm", "'config.signature.algorithm' must be hmac-sha1, hmac-sha256 or hmac-sha512.");
        }
        String encoding = text(given, name, "encoding", fields);
        if (encoding != null && !Set.of("hex", "base64").contains(encoding)) {
            fields.fault(name + ".encoding", "'config.signature.encoding' must be hex or base64.");
        }
        String template = text(given, name, "template", fields);
        if (template != null && !template.contains("{body}")) {
            fields.fault(name + ".template", "'config.signature.template' must have {body} in it.");
        }
        return new ChannelConfig.Signature(header, algorithm == null ? "hmac-sha256" : algorithm,
                encoding == null ? "hex" : encoding, text(given, name, "prefix", fields), template,
                header(given, name, "timestampHeader", fields));
    }

    private static Map<String, String> paths(JsonNode given, JsonFields fields) {
        unknown(given, "config.paths", PATHS, fields);
        Map<String, String> paths = new LinkedHashMap<>();
        for (String name : PATHS) {
            String path = text(given, "config.paths", name, fields);
            if (path != null) {
                paths.put(name, path);
                check(name, path, fields);
            } else if (NEEDED.contains(name) && !given.has(name)) {
                fields.fault("config.paths." + name, "'config.paths." + name + "' is required: a JSONPath such as $." + name + ".");
            }
        }
        return paths;
    }

    private static void check(String name, String path, JsonFields fields) {
        try {
            FieldPath.of(path);
        } catch (IllegalArgumentException e) {
            fields.fault("config.paths." + name, "'config.paths." + name + "' cannot be followed. " + e.getMessage());
        }
    }

    private static void unknown(JsonNode given, String name, Set<String> known, JsonFields fields) {
        given.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                fields.fault(name + "." + field, "'" + name + "." + field + "' is not known here. What is: "
                        + String.join(", ", new TreeSet<>(known)) + ".");
            }
        });
    }

    private static String header(JsonNode given, String parent, String name, JsonFields fields) {
        String header = text(given, parent, name, fields);
        if (header != null && !HEADER.matcher(header).matches()) {
            fields.fault(parent + "." + name, "'" + parent + "." + name + "' must be the name of a header.");
            return null;
        }
        return header;
    }

    private static String text(JsonNode given, String parent, String name, JsonFields fields) {
        JsonNode node = given.path(name);
        if (node.isMissingNode()) {
            return null;
        }
        if (!node.isTextual() || node.textValue().isEmpty() || node.textValue().length() > 500) {
            if (!(name.equals("prefix") && node.isTextual() && node.textValue().isEmpty())) {
                fields.fault(parent + "." + name, "'" + parent + "." + name + "' must be a text of 1 to 500 characters.");
            }
            return null;
        }
        return node.textValue();
    }
}
