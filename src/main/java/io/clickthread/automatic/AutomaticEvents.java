package io.clickthread.automatic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickthread.account.Account;
import io.clickthread.account.Accounts;
import io.clickthread.capture.AutomaticEvent;
import io.clickthread.capture.IngestResult;
import io.clickthread.channel.Channel;
import io.clickthread.channel.Channels;
import io.clickthread.contact.Alias;
import io.clickthread.http.Page;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.store.Rows;
import io.clickthread.system.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The leads and sales that Meta itself has found in chats. */
@Component("automaticEvents")
public class AutomaticEvents {

    static final String NO_CONTACT = "Not reported: no conversation of its contact is known.";

    private final ObjectMapper mapper;
    private final Channels channels;
    private final Accounts accounts;

    AutomaticEvents(ObjectMapper mapper, Channels channels, Accounts accounts) {
        this.mapper = mapper;
        this.channels = channels;
        this.accounts = accounts;
    }

    /**
     * A webhook's events as rows of {@code record-automatic-events.sql}. Those of an unknown number are left to the quarantined
     * webhook.
     *
     * @param result with events
     * @return a row for each; {@code report} says whether its account wants it reported
     */
    public List<Map<String, Object>> rows(IngestResult result) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (AutomaticEvent event : result.webhook().events()) {
            Channel channel = channels.find(result.webhook().provider(), event.channel());
            Account account = channel == null ? null : accounts.find(channel.accountId());
            if (account != null) {
                rows.add(row(account, event));
            }
        }
        return rows;
    }

    /**
     * What is to be reported, now that it is durable.
     *
     * @param rows    of {@link #rows}
     * @param answers the statement's for each of them, in their order; null for one that comes twice in a webhook
     * @return the rows that their accounts want to report and have not reported themselves, with {@code event_id}, and
     *         {@code conversation_id} if the contact is known
     */
    public List<Map<String, Object>> reports(List<Map<String, Object>> rows, List<Map<String, Object>> answers) {
        List<Map<String, Object>> reports = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Map<String, Object> row = rows.get(i);
            Map<String, Object> answer = answers.get(i);
            if (answer != null && row.get("report").equals(true) && !Boolean.TRUE.equals(answer.get("is_paired"))) {
                row.putAll(answer);
                reports.add(row);
            }
        }
        return reports;
    }

    private Map<String, Object> row(Account account, AutomaticEvent event) {
        boolean report = account.automaticEvents().equals("report");
        Map<String, Object> row = new HashMap<>();
        row.put("id", Ids.next());
        row.put("accountId", account.id());
        row.put("messageId", event.messageId());
        row.put("eventName", event.eventName());
        row.put("eventTime", event.time());
        row.put("clickId", event.clickId());
        row.put("value", event.value());
        row.put("currency", event.currency());
        row.put("aliases", json(event.aliases()));
        row.put("guesses", json(Wamid.aliases(event.messageId())));
        row.put("kept", !account.automaticEvents().equals("ignore"));
        row.put("decision", report ? "It is being reported."
                : "Recorded only: the account's setting 'automaticEvents' is '" + account.automaticEvents() + "'.");
        row.put("report", report);
        return row;
    }

    private String json(List<Alias> aliases) {
        try {
            return mapper.writeValueAsString(aliases);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // texts
        }
    }

    /**
     * Which page of the list a request wants.
     *
     * @param request with {@code accountId}, {@code limit} (1 to 100, else 50) and {@code cursor}
     * @return the page to read
     * @throws Problem 400 without an account, 404 for an unknown one
     */
    public Page page(Request request) {
        if (request.query("accountId") == null) {
            throw Problem.invalid("missing_required_field", "accountId", "'accountId' is required.");
        }
        return Page.of(request, 50, 100, Map.of("accountId", accounts.connected(request.query("accountId")).id()));
    }

    /**
     * A page as JSON.
     *
     * @param page what was asked for
     * @param rows of {@code list-automatic-events.sql}
     * @return {@code {events, pagination: {hasMore, nextCursor}}}
     */
    public Map<String, Object> list(Page page, List<Map<String, Object>> rows) {
        return Map.of("events", page.rows(rows).stream().map(AutomaticEvents::view).toList(),
                "pagination", page.pagination(rows, "received_at"));
    }

    private static Map<String, Object> view(Map<String, Object> row) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("messageId", row.get("message_id"));
        view.put("eventName", row.get("event_name"));
        view.put("eventTime", Rows.iso(row, "event_time"));
        view.put("clickId", row.get("ctwa_clid"));
        view.put("value", row.get("value"));
        view.put("currency", row.get("currency"));
        view.put("conversationId", row.get("conversation_id"));
        view.put("conversionId", row.get("conversion_id"));
        view.put("ownConversionId", row.get("own_conversion_id"));
        view.put("decision", row.get("decision"));
        view.put("receivedAt", Rows.iso(row, "received_at"));
        return view;
    }
}
