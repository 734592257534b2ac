-- Throttles, trips or suspends a destination. While it is active, failures are counted until the circuit breaker trips; Meta's
-- throttling and its refusal of the account take effect at once. Only a call that began in the destination's present state
-- lengthens the wait: concurrent calls add no information, except how long Meta asks to wait.
with observed as (
    select d.id, d.state as was, d.failures, d.state = :#stateBefore as is_new,
           d.state = 'active' and :#state = 'tripped' and d.failures + 1 < :#threshold::int as is_counted
      from destination d
     where d.id = :#destination
       for update
), decided as (
    select id, case when is_new and not is_counted then :#state end as state,
           case when not is_new then failures when is_counted or was = :#state then failures + 1 else 1 end as failures
      from observed
)
update destination d
   set failures = n.failures,
       state    = coalesce(n.state, d.state),
       reason   = case when n.state is null then d.reason else :#reason end,
       since    = case when n.state is null or n.state = d.state then d.since else now() end,
       retry_at = case when n.state is null and d.state = 'active' then d.retry_at
                       when n.state is null
                       then greatest(d.retry_at, now() + interval '1 millisecond' * :#floorMillis::bigint)
                       else now() + interval '1 millisecond' * greatest(:#floorMillis::bigint,
                                (:#delays::bigint[])[least(n.failures, cardinality(:#delays::bigint[]))]
                                * (0.5 + random() / 2)) end
  from decided n
 where d.id = n.id
