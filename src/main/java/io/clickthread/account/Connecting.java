package io.clickthread.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.graph.GraphAnswer;
import io.clickthread.graph.GraphCall;
import io.clickthread.graph.GraphRefusals;
import io.clickthread.http.JsonFields;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.security.Vault;
import io.clickthread.system.Ids;
import io.clickthread.system.Settings;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Connects accounts by credentials, as {@code POST /connect/whatsapp/credentials} asks for. */
@Component("connecting")
public class Connecting {

    /** What Meta's ids look like; nothing else gets into a Graph address. */
    static final Pattern META_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final String DETAILS =
            "fields=display_phone_number,verified_name,quality_rating,name_status,messaging_limit_tier";

    private final ObjectMapper mapper;
    private final Vault vault;
    private final Accounts accounts;
    private final String publicUrl;

    Connecting(ObjectMapper mapper, Vault vault, Accounts accounts, Settings settings) {
        this.mapper = mapper;
        this.vault = vault;
        this.accounts = accounts;
        this.publicUrl = settings.publicUrl();
    }

    /**
     * Reads the request.
     *
     * @param request with {@code {accessToken, wabaId, phoneNumberId?, profileId?, pin?, metaCapiDatasetId?}}
     * @return what it asks for; a {@code pin} is taken and not needed, because nothing is registered here
     * @throws Problem 400 for a body that breaks the schema
     */
    public Connection read(Request request) {
        JsonFields fields = new JsonFields(request.json(mapper));
        String token = fields.required("accessToken", 4_096);
        String waba = fields.has("wabaId") ? id(fields, "wabaId") : fields.required("wabaId", 64);
        String number = id(fields, "phoneNumberId");
        String profile = fields.optional("profileId", 100);
        String dataset = id(fields, "metaCapiDatasetId");
        if (token != null && token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            fields.fault("accessToken", "'accessToken' must be one word of visible ASCII characters.");
        }
        fields.check();
        return new Connection(token, waba, number, profile == null ? "default" : profile, dataset);
    }

    /**
     * The call that reads the number's details, which also proves that the token is good for it.
     *
     * @param connection of a number on Cloud API
     * @return the call
     */
    public GraphCall details(Connection connection) {
        return new GraphCall("GET", connection.phoneNumberId(), DETAILS, connection.accessToken(), null);
    }

    /**
     * The row to store.
     *
     * @param connection what was asked for
     * @param answer     Meta's details, or null outside Cloud API
     * @return the parameters of {@code connect-account.sql}
     * @throws Problem 422 if Meta refused the token or the number, 502 if Meta failed
     */
    public Map<String, Object> row(Connection connection, GraphAnswer answer) {
        if (answer != null && !answer.isSuccess()) {
            throw GraphRefusals.of(answer, "read the phone number",
                    "Check phoneNumberId and that the token belongs to its WhatsApp Business Account.");
        }
        String id = Ids.next();
        Map<String, Object> row = new HashMap<>();
        row.put("id", id);
        row.put("channelId", Ids.next());
        row.put("profileId", connection.profileId());
        row.put("wabaId", connection.wabaId());
        row.put("phoneNumberId", connection.phoneNumberId());
        row.put("displayPhoneNumber", text(answer, "display_phone_number"));
        row.put("verifiedName", text(answer, "verified_name"));
        row.put("qualityRating", text(answer, "quality_rating"));
        row.put("nameStatus", text(answer, "name_status"));
        row.put("messagingLimitTier", text(answer, "messaging_limit_tier"));
        row.put("datasetId", connection.datasetId());
        row.put("accessToken", vault.seal(connection.accessToken().getBytes(StandardCharsets.UTF_8),
                tokenOwner(connection.wabaId())));
        row.put("accessTokenKey", vault.keyId());
        return row;
    }

    /**
     * The answer, after the account was stored.
     *
     * @param row of {@code connect-account.sql}
     * @return {@code {message, account, webhookNotice}}
     */
    public Map<String, Object> connected(Map<String, Object> row) {
        accounts.forget();
        Account account = Account.of(row);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("accountId", account.id());
        summary.put("platform", "whatsapp");
        summary.put("username", AccountView.username(account));
        summary.put("displayName", AccountView.displayName(account));
        summary.put("isActive", true);
        summary.put("phoneNumber", account.displayPhoneNumber());
        summary.put("verifiedName", account.verifiedName());
        summary.put("qualityRating", account.qualityRating());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("message", "WhatsApp account connected.");
        answer.put("account", summary);
        answer.put("webhookNotice", MetaSetup.notice((publicUrl == null || publicUrl.isBlank()
                ? "<this server's https address>" : publicUrl) + "/webhooks/meta"));
        return answer;
    }

    /** What a sealed token belongs to. The number may move to another row, the token stays one of its WABA. */
    static String tokenOwner(String wabaId) {
        return "waba " + wabaId;
    }

    static String id(JsonFields fields, String name) {
        return fields.matching(name, META_ID, "'" + name + "' must be an id as Meta shows it.");
    }

    private static String text(GraphAnswer answer, String field) {
        JsonNode node = answer == null ? null : answer.body().get(field);
        return node == null || !node.isTextual() ? null : node.textValue();
    }
}
