package io.clickthread.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.clickthread.support.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what the database holds, past Clickthread; but the first click as the API shows it. */
final class Store {

    private final JdbcTemplate jdbc;

    Store(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** How many conversions are not final yet. */
    int unfinished() {
        return jdbc.queryForObject("select count(*) from conversion where state in ('parked', 'pending', 'sending', 'waiting')",
                Integer.class);
    }

    /** How many conversions there are by state. */
    Map<String, Integer> states() {
        Map<String, Integer> states = new java.util.TreeMap<>();
        jdbc.query("select state, count(*) as number from conversion group by state",
                row -> { states.put(row.getString("state"), row.getInt("number")); });
        return states;
    }

    /** The unknown conversions by event id, with the claim under which they were given up; null if they were called for. */
    Map<String, String> unknown() {
        Map<String, String> unknown = new HashMap<>();
        jdbc.query("""
                select v.event_id, case when not exists (select from history h
                                                          where h.conversion_id = v.id and h.event = 'attempt'
                                                            and h.attempt = v.attempts and h.state = 'unknown')
                                        then coalesce(v.claim, v.replaced_by, v.id) end as claim
                  from conversion v
                 where v.state = 'unknown'""",
                row -> { unknown.put(row.getString("event_id"), row.getString("claim")); });
        return unknown;
    }

    Checker.Stored read(ServerProcess server, List<Traffic.Target> targets) throws IOException, InterruptedException {
        Checker.Stored stored = new Checker.Stored(new HashMap<>(), new HashMap<>(), new HashMap<>());
        jdbc.query("""
                select a.value as phone, k.ctwa_clid
                  from click k
                  join contact_alias a on a.conversation_id = k.conversation_id and a.kind = 'phone'
                 where k.ctwa_clid is not null
                 order by k.clicked_at, k.id""",
                row -> { stored.clicks().computeIfAbsent(row.getString("phone"), phone -> new ArrayList<>())
                        .add(row.getString("ctwa_clid")); });
        jdbc.query("""
                select v.event_id, v.state,
                       v.state in ('parked', 'pending', 'sending', 'waiting') and coalesce(v.due_at <= now(), true) as stuck,
                       exists (select from history h
                                where h.conversion_id = v.id and h.state in ('rejected', 'unknown', 'expired')) as gave_way
                  from conversion v""",
                row -> { stored.conversions().put(row.getString("event_id"), new Checker.Conversion(row.getString("state"),
                        row.getBoolean("stuck"), row.getBoolean("gave_way"))); });
        for (Traffic.Target target : targets) {
            firstClicks(server, target, stored.firstClicks());
        }
        return stored;
    }

    private static void firstClicks(ServerProcess server, Traffic.Target target, Map<String, String> found)
            throws IOException, InterruptedException {
        String cursor = "";
        while (cursor != null) {
            JsonNode page = Server.JSON.readTree(server.get("/api/v1/inbox/conversations?limit=100&accountId="
                    + target.accountId() + cursor).body());
            page.path("data").forEach(one -> found.put(one.path("participantId").asText(),
                    one.at("/metadata/ctwa_clid").asText()));
            String next = page.at("/pagination/nextCursor").textValue();
            cursor = next == null ? null : "&cursor=" + next;
        }
    }
}
