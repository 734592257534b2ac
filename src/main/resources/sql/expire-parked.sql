-- Conversions whose contact's click did not arrive in time.
with changed as (
    update conversion
       set state = 'expired', due_at = null, updated_at = now(),
           reason = 'No click of its contact arrived in the time that it was to wait for one.'
     where state = 'parked' and due_at <= now()
    returning id, state, reason
)
insert into history (conversion_id, event, state, reason) select id, 'expired', state, reason from changed
