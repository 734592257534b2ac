-- Removes webhooks that were kept for longer than they should be, replayed or not, in a step so small that nobody waits for
-- it.
with old as (
    select id
      from quarantined_webhook
     where received_at < :#before::timestamptz
     order by received_at, id
     limit :#limit
       for update skip locked
), gone as (
    delete from quarantined_webhook where id = any (array(select id from old)) returning id
)
select count(*)::int as seen, null::timestamptz as last_at, null::text as last_id from gone
