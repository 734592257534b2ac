-- Claims due conversions of one destination under a lease: of the active destination served longest ago up to `limit`, to be
-- sent in one call, or of one that is not active a single conversion as a probe. Skips destinations and rows that another
-- worker has locked, so no conversion is sent twice. Takes a conversion only together with all unfinished ones before it in its
-- conversation and destination, and in the order of acceptance, so a skipped row holds back those after it. A destination
-- that is not active is used before its retry time only for the last try of events that Meta will soon refuse for their age.
with due as not materialized (
    select c.*
      from conversion c
     where c.state in ('pending', 'waiting') and c.due_at <= now()
       -- Written so that no index fits it: on a table that was small when it was planned, the one by age would be taken, and
       -- all of the queue sorted.
       and c.event_time + interval '1 millisecond' * :#maxAgeMillis::bigint > now()
       -- A sub-select with a limit and no join: with a long queue, the planner would join all of it with itself.
       and (select true from conversion p
             where p.conversation_id = c.conversation_id and p.seq < c.seq and p.destination = c.destination
               and p.state in ('pending', 'sending', 'waiting')
               and (p.state = 'sending' or p.due_at > now()
                    or p.event_time <= now() - interval '1 millisecond' * :#maxAgeMillis::bigint)
             limit 1) is null
), turn as (
    select d.id, d.state, d.failures, d.retry_at <= now() as is_ready
      from destination d
     where case when d.retry_at <= now()
                then (select true from due c where c.destination = d.id order by c.seq limit 1)
                else (select true from due c
                       where c.destination = d.id
                         and c.event_time <= now() - interval '1 millisecond' * :#lastTryMillis::bigint
                       order by c.event_time limit 1) end
     order by d.served_at
     limit 1
       for update skip locked
), ready as (
    (select c.id, c.conversation_id, c.seq, coalesce(octet_length(c.custom_data), 0) as bytes
       from due c
      where c.destination = (select id from turn where is_ready)
      order by c.seq
      limit (select case when state = 'active' then :#limit::int else 1 end from turn))
     union all
    (select c.id, c.conversation_id, c.seq, coalesce(octet_length(c.custom_data), 0)
       from due c
      where c.destination = (select id from turn where not is_ready)
        and c.event_time <= now() - interval '1 millisecond' * :#lastTryMillis::bigint
      order by c.event_time
      limit :#limit)
), fitting as (
    -- A call takes some ten times its custom data in memory, so no more of that than 500 KB, and one conversion at least.
    select * from (select r.*, sum(bytes) over (order by seq) - bytes as bytes_before from ready r) r where bytes_before < 500000
), locked as (
    select v.id
      from conversion v
     where v.id = any (array(select id from fitting))
       and v.state || '' in ('pending', 'waiting') -- by the primary key alone
       for update skip locked
), taken as (
    select id
      from (select f.id, bool_and(l.id is not null) over (partition by f.conversation_id order by f.seq) as is_next
              from fitting f
              left join locked l on l.id = f.id) r
     where is_next
), served as (
    update destination d
       set served_at = clock_timestamp(),
           -- while a probe is under way, no other
           retry_at  = case when t.state <> 'active' and t.is_ready and exists (select from taken)
                            then now() + interval '1 millisecond' * :#leaseMillis::bigint else d.retry_at end
      from turn t
     where d.id = t.id
)
update conversion v
   set state = 'sending', attempts = v.attempts + 1, claim = :#claim, updated_at = now(),
       due_at = now() + interval '1 millisecond' * :#leaseMillis::bigint
  from turn t
 where v.id = any (array(select id from taken))
returning v.*, t.state as destination_state, t.failures as destination_failures
