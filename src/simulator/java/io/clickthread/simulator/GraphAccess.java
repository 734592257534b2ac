package io.clickthread.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.clickthread.http.Request;
import io.clickthread.system.Settings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Who may call: any token that begins like Meta's, unless it asks to be refused. */
@Component
@Profile("local")
class GraphAccess {

    private static final String PREFIX = "EAA";
    private static final List<String> SCOPES = List.of("whatsapp_business_management", "whatsapp_business_messaging",
            "whatsapp_business_manage_events");

    private final String[] appSecrets;

    GraphAccess(Settings settings) {
        this.appSecrets = settings.meta().appSecret().split(",");
    }

    /**
     * Checks a call, before anything else.
     *
     * @param body its JSON, where the token may be as well
     * @return the token
     * @throws GraphRefusal 190 without a good one, 104 for a wrong {@code appsecret_proof}
     */
    String check(Request request, JsonNode body) {
        String version = request.path("version");
        if (!version.matches("v\\d{1,2}\\.\\d")) {
            throw new GraphRefusal(GraphError.of(400, 2500, "Unknown path components: /" + version.replaceAll("\\W", "")));
        }
        String token = token(request, body);
        if (token == null || !token.startsWith(PREFIX) || Scenario.in(token) == Scenario.BAD_TOKEN) {
            throw new GraphRefusal(Scenario.BAD_TOKEN.error());
        }
        String proof = request.query("appsecret_proof") != null ? request.query("appsecret_proof")
                : body.path("appsecret_proof").textValue();
        if (proof != null && Arrays.stream(appSecrets).noneMatch(secret -> proof(secret.trim(), token).equals(proof))) {
            throw new GraphRefusal(GraphError.of(400, 104, "Invalid appsecret_proof provided in the API argument"));
        }
        return token;
    }

    /** Whether a call has the token of this app itself: its id and one of the app secrets. */
    boolean isOfApp(Request request, String app) {
        String token = token(request, MissingNode.getInstance());
        return Arrays.stream(appSecrets).anyMatch(secret -> (app + "|" + secret.trim()).equals(token));
    }

    /** What {@code debug_token} says of a token. */
    Map<String, Object> describe(String token, long now) {
        Scenario scenario = Scenario.in(token);
        boolean known = token.startsWith(PREFIX) && scenario != Scenario.BAD_TOKEN;
        boolean valid = known && scenario != Scenario.EXPIRED_TOKEN;
        Map<String, Object> data = new LinkedHashMap<>();
        if (known) {
            data.put("app_id", "100200300400801");
            data.put("type", "SYSTEM_USER");
            data.put("application", "Clickthread simulator");
            data.put("expires_at", valid ? 0 : now - 3_600);
            data.put("data_access_expires_at", 0);
        }
        data.put("is_valid", valid);
        if (!valid) {
            GraphError error = known ? Scenario.EXPIRED_TOKEN.error() : Scenario.BAD_TOKEN.error();
            data.put("error", error.subcode() == 0 ? Map.of("code", error.code(), "message", error.message())
                    : Map.of("code", error.code(), "message", error.message(), "subcode", error.subcode()));
        }
        List<String> scopes = !valid ? List.of()
                : scenario == Scenario.NO_PERMISSION ? SCOPES.subList(0, 2) : SCOPES;
        data.put("scopes", scopes);
        if (known) {
            data.put("granular_scopes", scopes.stream().map(scope -> Map.of("scope", scope)).toList());
            data.put("user_id", "100200300400901");
        }
        return data;
    }

    private static String token(Request request, JsonNode body) {
        String header = request.header("Authorization");
        if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return header.substring(7).trim();
        }
        return request.query("access_token") != null ? request.query("access_token")
                : body.path("access_token").textValue();
    }

    private static String proof(String secret, String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has HmacSHA256
        }
    }
}
