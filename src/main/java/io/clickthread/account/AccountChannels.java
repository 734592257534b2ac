package io.clickthread.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.channel.ChannelConfig;
import io.clickthread.channel.ChannelConfigs;
import io.clickthread.channel.Channels;
import io.clickthread.channel.Provider;
import io.clickthread.http.JsonFields;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.security.Vault;
import io.clickthread.store.Rows;
import io.clickthread.system.Ids;
import io.clickthread.system.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The channels of an account, as the API makes, shows, changes and removes them. */
@Component("accountChannels")
public class AccountChannels {

    private static final int LONGEST_KEY = 200;

    private final ObjectMapper mapper;
    private final Accounts accounts;
    private final Channels channels;
    private final ChannelView view;
    private final ChannelSecrets secrets;
    private final Duration overlap;

    AccountChannels(ObjectMapper mapper, Accounts accounts, Channels channels, ChannelView view, Vault vault,
                    Settings settings) {
        this.mapper = mapper;
        this.accounts = accounts;
        this.channels = channels;
        this.view = view;
        this.secrets = new ChannelSecrets(vault);
        this.overlap = settings.webhooks().secretOverlap();
    }

    /**
     * Reads the request for a new channel.
     *
     * @param request with {@code {provider, key, secret?, config?}}
     * @return the parameters of {@code create-channel.sql}
     * @throws Problem 404 for an unknown account, 400 for a body that breaks the schema
     */
    public Map<String, Object> read(Request request) {
        Account account = accounts.connected(request.path("accountId"));
        JsonNode body = request.json(mapper);
        JsonFields fields = new JsonFields(body);
        String name = fields.required("provider", 100);
        Provider provider = Provider.of(name);
        if (name != null && provider == null) {
            fields.fault("provider", "'provider' must be one of " + Provider.names() + ".");
        }
        String key = fields.required("key", LONGEST_KEY);
        if (key != null && !key.equals(key.strip())) {
            fields.fault("key", "'key' must not begin or end with a blank.");
        }
        String secret = ChannelSecrets.read(fields);
        ChannelConfig config = provider == null ? null : ChannelConfigs.read(provider, body.path("config"), fields);
        fields.check();
        String id = Ids.next();
        Map<String, Object> row = secrets.sealed(secret, id);
        row.put("id", id);
        row.put("accountId", account.id());
        row.put("provider", provider.provider());
        row.put("key", key);
        row.put("config", config.toJson());
        return row;
    }

    /**
     * The answer to a new channel.
     *
     * @param row of {@code create-channel.sql}, or null
     * @return {@code {channel}}
     * @throws Problem 409 if there was one of this address
     */
    public Map<String, Object> created(Map<String, Object> row) {
        if (row == null) {
            throw Problem.of(409, "invalid_request_error", "channel_exists", "There is a channel of this provider with this "
                    + "key. GET /api/v1/accounts/{accountId}/channels lists them, PUT changes one.");
        }
        channels.forget();
        return Map.of("channel", view.of(row));
    }

    /**
     * Whose channels a request wants.
     *
     * @param request with the path parameter {@code accountId}
     * @return the parameters of {@code list-channels.sql}
     * @throws Problem 404 for an unknown account
     */
    public Map<String, Object> account(Request request) {
        return Map.of("accountId", accounts.connected(request.path("accountId")).id());
    }

    /**
     * The list as JSON.
     *
     * @param rows of {@code list-channels.sql}
     * @return {@code {channels}}
     */
    public Map<String, Object> list(List<Map<String, Object>> rows) {
        return Map.of("channels", rows.stream().map(view::of).toList());
    }

    /**
     * Which channel a request is about.
     *
     * @param request with the path parameters {@code accountId} and {@code id}
     * @return the parameters of {@code find-channel-of-account.sql} and {@code delete-channel.sql}
     * @throws Problem 404 for an unknown account
     */
    public Map<String, Object> which(Request request) {
        return Map.of("accountId", accounts.connected(request.path("accountId")).id(), "id", request.path("id"));
    }

    /**
     * What a request changes of a channel.
     *
     * @param request with {@code {secret?, config?}}
     * @param row     of {@code find-channel-of-account.sql}, or null
     * @return the parameters of {@code update-channel.sql}
     * @throws Problem 404 if there is no such channel, 400 for a body that breaks the schema or changes nothing
     */
    public Map<String, Object> change(Request request, Map<String, Object> row) {
        if (row == null) {
            throw unknown();
        }
        JsonNode body = request.json(mapper);
        JsonFields fields = new JsonFields(body);
        String secret = ChannelSecrets.read(fields);
        ChannelConfig config = !fields.has("config") ? null
                : ChannelConfigs.read(Provider.of(Rows.text(row, "provider")), body.path("config"), fields);
        fields.check();
        if (secret == null && config == null) {
            throw Problem.invalid("missing_required_field", null, "Nothing to change: send secret or config.");
        }
        Map<String, Object> change = secrets.sealed(secret, Rows.text(row, "id"));
        change.put("id", row.get("id"));
        change.put("accountId", row.get("account_id"));
        change.put("config", config == null ? null : config.toJson());
        change.put("overlapMillis", overlap.toMillis());
        return change;
    }

    /**
     * The answer to a change.
     *
     * @param row of {@code update-channel.sql}
     * @return {@code {channel}}
     */
    public Map<String, Object> changed(Map<String, Object> row) {
        if (row == null) { // removed meanwhile
            throw unknown();
        }
        channels.forget();
        return Map.of("channel", view.of(row));
    }

    /**
     * The answer to a removal.
     *
     * @param id what {@code delete-channel.sql} gave back, or null
     * @return {@code {message}}
     * @throws Problem 404 if there was no such channel, or it is the one of a Cloud API number
     */
    public Map<String, Object> deleted(String id) {
        channels.forget();
        if (id == null) {
            throw unknown();
        }
        return Map.of("message", "Channel removed. What it brought stays; its address takes nothing any more.");
    }

    private static Problem unknown() {
        return Problem.notFound("channel_not_found", "Channel not found. GET /api/v1/accounts/{accountId}/channels lists "
                + "them; the channel 'meta' of a Cloud API number cannot be removed, disconnect the account instead.");
    }
}
