package io.clickthread.rules;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.clickthread.rules.RouteFile.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;

/** What Camel's descriptions of itself say of the files; alone it finds out when a route runs, or never. */
final class CamelKnows {

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
            .getSchema(CamelKnows.class.getResourceAsStream("/schema/camelYamlDsl.json"));
    private static final DefaultCamelCatalog CATALOG = new DefaultCamelCatalog();

    private CamelKnows() {
    }

    static List<String> fitsTheSchema(Bundle bundle) {
        List<String> broken = new ArrayList<>();
        for (RouteFile file : bundle.routes()) {
            SCHEMA.validate(file.root()).forEach(fault -> broken.add(file.path() + ": " + fault.getMessage()));
        }
        return broken;
    }

    static List<String> endpointOptions(Bundle bundle) {
        List<String> broken = new ArrayList<>();
        for (RouteFile file : bundle.routes()) {
            for (Endpoint endpoint : file.endpoints()) {
                EndpointValidationResult result = CATALOG.validateEndpointProperties(uri(endpoint), false,
                        endpoint.isStart(), !endpoint.isStart());
                if (!result.isSuccess()) {
                    broken.add(file.path() + ": " + result.summaryErrorMessage(false));
                }
            }
        }
        return broken;
    }

    /** The endpoint in one line, as the catalog reads it; an address that is a setting stands for an HTTP one. */
    private static String uri(Endpoint endpoint) {
        String base = endpoint.uri().startsWith("{{") ? "https://graph.facebook.com" : endpoint.uri();
        String options = endpoint.parameters().entrySet().stream()
                .map(option -> option.getKey() + "=" + URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return options.isEmpty() ? base : base + "?" + options;
    }
}
