-- Removes conversions that are older than they are kept and came to an end, with what is left of their history, in a step
-- so small that nobody waits for it. With its row, the protection against a repetition of the event ends.
with old as (
    select c.id
      from account a
     cross join lateral (select v.id
                           from conversion v
                          where v.account_id = a.id and v.created_at < :#before::timestamptz
                            and v.state in ('delivered', 'rejected', 'unknown', 'expired', 'closed')
                          order by v.created_at, v.id
                          limit :#limit
                            for update skip locked) c
     limit :#limit
), gone as (
    delete from conversion where id = any (array(select id from old)) returning id
), told as (
    delete from history where conversion_id = any (array(select id from gone))
)
select count(*)::int as seen, null::timestamptz as last_at, null::text as last_id from gone
