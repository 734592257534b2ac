-- Conversions that Meta would refuse for their age, and the whole call with them; in steps, the oldest first.
with aged as (
    select c.id, d.state as destination_state, d.reason as destination_reason
      from conversion c
      join destination d on d.id = c.destination
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
                        || case when a.destination_state <> 'active' then ' Delivery was held up: ' || a.destination_reason
                                else coalesce(' Last: ' || v.reason, '') end,
           updated_at = now()
      from aged a
     where v.id = a.id
    returning v.id, v.state, v.reason
)
insert into history (conversion_id, event, state, reason) select id, 'expired', state, reason from changed
