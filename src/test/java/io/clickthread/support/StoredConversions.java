package io.clickthread.support;

import java.util.List;

/** Conversions as delivery left them, many at once: put into the database, each of a conversation of its own. */
public final class StoredConversions {

    private StoredConversions() {
    }

    /**
     * Stores conversions of an account; their event ids are {@code prefix-1}, {@code prefix-2} and so on.
     *
     * @param state the state they are in
     * @param age   how long ago they were accepted and happened, as PostgreSQL writes it
     */
    public static void put(TestAccount account, String prefix, int many, String state, String age) {
        account.server.database().update("insert into destination (account_id, dataset_id) values (?, ?) on conflict do nothing",
                account.id, account.datasetId);
        account.server.database().update("""
                with rows as (
                    select n, lpad(to_hex(extract(epoch from now() - ?::interval)::bigint), 8, '0')
                              || substr(md5(? || n), 1, 16) as id, now() - ?::interval + n * interval '1 microsecond' as at
                      from generate_series(1, ?) n
                ), conversations as (
                    insert into conversation (id, account_id, participant_id, created_at, updated_at)
                    select id, ?, id, at, at from rows
                ), stored as (
                    insert into conversion (id, account_id, conversation_id, dataset_id, waba_id, ctwa_clid, event_name,
                                            event_id, event_time, state, attempts, destination, reason, created_at, updated_at)
                    select id, ?, id, ?, ?, 'clid-' || n, 'Purchase', ? || '-' || n, at, ?, 1,
                           (select id from destination where account_id = ? and dataset_id = ?), 'Made by a test.', at, at
                      from rows
                     order by n
                )
                insert into history (conversion_id, at, event, state) select id, at, 'accepted', 'pending' from rows
                """, age, prefix + account.id, age, many, account.id, account.id, account.datasetId, account.wabaId, prefix,
                state, account.id, account.datasetId);
    }

    /** How many conversions of an account are in a state. */
    public static int count(TestAccount account, String state) {
        return account.server.database().queryForObject(
                "select count(*) from conversion where account_id = ? and state = ?", Integer.class, account.id, state);
    }

    /** The event ids that reached Meta, in the order in which they came. */
    public static List<String> sent(TestAccount account) {
        return account.server.graph.calls(account.datasetId + "/events").stream()
                .flatMap(call -> call.json().path("data").findValuesAsText("event_id").stream()).toList();
    }
}
