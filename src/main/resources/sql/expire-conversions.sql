-- Conversions that Meta would refuse for their age, and the whole call with them; in steps, the oldest first.
with aged as (
    select c.id, l.state as lane_state, l.reason as lane_reason
      from conversion c
      join lane l on l.id = c.lane
     where c.state in ('pending', 'waiting')
       and c.event_time <= now() - interval '1 millisecond' * :#maxAgeMillis::bigint
     order by c.event_time
     limit 5000
       for update of c skip locked
), changed as (
    update conversion v
       set state      = 'expired',
           due_at     = null,
           reason     = 'The event is more than 7 days old, and Meta refuses it.'
                        || case when a.lane_state <> 'open' then ' Delivery was held up: ' || a.lane_reason
                                else coalesce(' Last: ' || v.reason, '') end,
           updated_at = now()
      from aged a
     where v.id = a.id
    returning v.id, v.state, v.reason
)
insert into history (conversion_id, event, state, reason) select id, 'expired', state, reason from changed
