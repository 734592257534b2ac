-- A lease that ran out: the sender died, and its request may have left. Meta would count a second one, so the conversion
-- is held as unknown, unless the setting for its event name says `resend`.
with expired as (
    select id, lower(event_name) = any (:#resend::text[]) as again
      from conversion
     where state = 'sending' and due_at < now()
     order by due_at
     limit 10000
       for update skip locked
), changed as (
    update conversion v
       set state      = case when e.again then 'waiting' else 'unknown' end,
           due_at     = case when e.again then now() end,
           reason     = 'The sender stopped while the request may have been on its way; whether Meta counted it is not known.',
           updated_at = now()
      from expired e
     where v.id = e.id
    returning v.id, v.state, v.reason
)
insert into history (conversion_id, event, state, reason) select id, 'lease-expired', state, reason from changed
