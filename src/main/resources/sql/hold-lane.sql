-- Meta throttled, failed or refused the account. Failures in an open lane are counted until the breaker opens; every other
-- trouble closes the lane at once. Only a call that began in the lane's present state lengthens the wait: those that
-- were under way beside it tell nothing new, except how long Meta wants to be left alone.
with news as (
    select l.id, l.state as was, l.failures, l.state = :#began as is_new,
           l.state = 'open' and :#kind = 'broken' and l.failures + 1 < :#threshold::int as is_counted
      from lane l
     where l.id = :#lane
       for update
), decided as (
    select id, case when is_new and not is_counted then :#kind end as state,
           case when not is_new then failures when is_counted or was = :#kind then failures + 1 else 1 end as failures
      from news
)
update lane l
   set failures = d.failures,
       state    = coalesce(d.state, l.state),
       reason   = case when d.state is null then l.reason else :#reason end,
       since    = case when d.state is null or d.state = l.state then l.since else now() end,
       opens_at = case when d.state is null and l.state = 'open' then l.opens_at
                       when d.state is null
                       then greatest(l.opens_at, now() + interval '1 millisecond' * :#floorMillis::bigint)
                       else now() + interval '1 millisecond' * greatest(:#floorMillis::bigint,
                                (:#delays::bigint[])[least(d.failures, cardinality(:#delays::bigint[]))]
                                * (0.5 + random() / 2)) end
  from decided d
 where l.id = d.id
