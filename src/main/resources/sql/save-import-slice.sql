-- What a slice brought, its outcomes and the new position together. Of two that read the same slice, because a lease ran
-- out, only the first is counted. What has been read of the file is removed. A file of nothing but faults would make more rows
-- than it has bytes, so only its first outcomes are kept; all are counted.
with saved as (
    update import
       set position = :#position, line = :#line, skipping = :#skipping, rows = rows + :#rows,
           accepted = accepted + :#accepted, repeated = repeated + :#repeated, refused = refused + :#refused,
           tries = 0, lease_until = null, touched_at = now(), state = :#state, reason = :#reason,
           ended_at = case when :#state <> 'running' then now() end
     where id = :#id and state = 'running' and position = :#from
    returning id, case when dry_run then rows - :#rows else repeated + refused - :#repeated - :#refused end as listed
), told as (
    insert into import_outcome (import_id, line, event_id, outcome, code, reason)
    select saved.id, t.line, t.event_id, t.outcome, t.code, t.reason
      from saved
     cross join unnest(:#lines::bigint[], :#eventIds::text[], :#outcomes::text[], :#codes::text[], :#reasons::text[])
                with ordinality as t (line, event_id, outcome, code, reason, number)
     where saved.listed + t.number <= :#maxOutcomes
)
delete from import_chunk where import_id in (select id from saved) and start_at < :#keepFrom
