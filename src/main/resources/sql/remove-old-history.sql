-- Removes entries of the history that are older than they are kept, in a step so small that nobody waits for it. Rows that
-- somebody holds are left to a later step.
with old as (
    select conversion_id, id
      from history
     where at < :#before::timestamptz
     order by at
     limit :#limit
       for update skip locked
), gone as (
    delete from history h using old o where h.conversion_id = o.conversion_id and h.id = o.id returning h.id
)
select count(*)::int as seen, null::timestamptz as last_at, null::text as last_id from gone
