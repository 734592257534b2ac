-- Does with conversions what somebody decided, each with a line in its history: sends them (again) under their old event
-- id, or closes them. Only from the given states, so that of two who decide at once one is too late; and nothing is sent
-- that has no click or that Meta refuses for its age. Says what each was, and whether it was moved. Rows are looked up by
-- arrays, because a join of thousands is planned as if it were one of ten.
with found as materialized (
    select id, state as was, ctwa_clid is not null as has_click,
           state = any (:#states::text[])
           and (:#to = 'closed' or ctwa_clid is not null
                and event_time > now() - interval '1 millisecond' * :#maxAgeMillis::bigint) as moved
      from conversion
     where id = any (:#ids::text[])
     order by id
       for update
), changed as (
    update conversion v
       set state           = :#to,
           reason          = :#reason,
           due_at          = case when :#to = 'waiting' then now() end,
           retries         = case when :#to = 'waiting' then 0 else v.retries end,
           events_received = case when :#to = 'waiting' then null else v.events_received end,
           events_failed   = case when :#to = 'waiting' then null else v.events_failed end,
           failure_code    = case when :#to = 'waiting' then null else v.failure_code end,
           failure_message = case when :#to = 'waiting' then null else v.failure_message end,
           updated_at      = now()
     where v.id = any (array(select id from found where moved))
), told as (
    insert into history (conversion_id, event, state, reason)
    select id, :#event, :#to, :#reason from found where moved
)
select id, was, has_click, moved from found
