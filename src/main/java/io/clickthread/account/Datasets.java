package io.clickthread.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.graph.GraphAnswer;
import io.clickthread.graph.GraphCall;
import io.clickthread.graph.GraphRefusals;
import io.clickthread.http.JsonFields;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The dataset that an account's conversions go to. A WhatsApp Business Account owns one; Meta's {@code POST
 * /{waba}/dataset} creates it or returns the one there is, so it is looked for first only to say truly whether it was
 * created.
 */
@Component("datasets")
public class Datasets {

    private final ObjectMapper mapper;
    private final Accounts accounts;
    private final Tokens tokens;

    Datasets(ObjectMapper mapper, Accounts accounts, Tokens tokens) {
        this.mapper = mapper;
        this.accounts = accounts;
        this.tokens = tokens;
    }

    /**
     * The account of a request to provision.
     *
     * @param request with {@code {accountId}}
     * @return the account
     * @throws Problem 400 without an account id, 404 for an unknown one
     */
    public Account requested(Request request) {
        JsonFields fields = new JsonFields(request.json(mapper));
        String id = fields.required("accountId", 100);
        fields.check();
        return accounts.connected(id);
    }

    /**
     * The dataset that an account is known to have.
     *
     * @param request with the query parameter {@code accountId}
     * @return {@code {datasetId}}, null until it is provisioned
     * @throws Problem 400 without an account id, 404 for an unknown one
     */
    public Map<String, Object> known(Request request) {
        if (request.query("accountId") == null) {
            throw Problem.invalid("missing_required_field", "accountId", "'accountId' is required.");
        }
        Map<String, Object> answer = new HashMap<>();
        answer.put("datasetId", accounts.connected(request.query("accountId")).datasetId());
        return answer;
    }

    /**
     * The call that looks for an existing dataset.
     *
     * @param account without a dataset
     * @return the call
     */
    public GraphCall lookUp(Account account) {
        return new GraphCall("GET", account.wabaId() + "/dataset", null, tokens.open(account), null);
    }

    /**
     * The call that creates the dataset.
     *
     * @param account without a dataset
     * @return the call
     */
    public GraphCall create(Account account) {
        return new GraphCall("POST", account.wabaId() + "/dataset", null, tokens.open(account),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The id in Meta's answer, whose shape its pages do not agree on: {@code {id}} or {@code {data: [{id}]}}.
     *
     * @param answer Meta's answer
     * @return the id; null if there is no dataset yet, or Meta did not say
     */
    public String found(GraphAnswer answer) {
        JsonNode body = answer.body();
        JsonNode id = body.hasNonNull("id") ? body.get("id") : body.path("data").path(0).path("id");
        return answer.isSuccess() && Connecting.META_ID.matcher(id.asText()).matches() ? id.asText() : null;
    }

    /**
     * The id of the dataset that Meta created.
     *
     * @param answer Meta's answer
     * @return the id
     * @throws Problem 422 if Meta refused, with its raw error; 502 if Meta failed
     */
    public String created(GraphAnswer answer) {
        String id = found(answer);
        if (id != null) {
            return id;
        }
        boolean permission = answer.code() == 10 || answer.code() == 3 || answer.code() / 100 == 2;
        throw GraphRefusals.of(answer, "create the dataset", permission || answer.code() == 190
                ? "The account's token is missing `whatsapp_business_manage_events`: reconnect the account with one that has it."
                : "Most often the WhatsApp Business Account or its business is not fully verified yet.");
    }

    /**
     * The row to store.
     *
     * @param account   the account
     * @param datasetId its dataset
     * @return the parameters of {@code update-account.sql}
     */
    public Map<String, Object> row(Account account, String datasetId) {
        Map<String, Object> row = new HashMap<>();
        row.put("id", account.id());
        row.put("username", null);
        row.put("displayName", null);
        row.put("datasetId", datasetId);
        row.put("automaticEvents", null);
        row.put("defaultCountry", null);
        row.put("timezone", null);
        row.put("noCountry", null);
        row.put("noTimezone", null);
        return row;
    }

    /**
     * The answer.
     *
     * @param datasetId the dataset
     * @param created   whether this request created it
     * @return {@code {datasetId, created}}
     */
    public Map<String, Object> answer(String datasetId, boolean created) {
        accounts.forget();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("datasetId", datasetId);
        answer.put("created", created);
        return answer;
    }
}
