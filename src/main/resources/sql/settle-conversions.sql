-- Writes down what attempts brought, each once: the attempt's number guards against a sender whose lease ran out.
with outcome as (
    select *
      from unnest(:#id::text[], :#attempt::text[], :#state::text[], :#dueInMillis::text[], :#reason::text[],
                  :#eventsReceived::text[], :#eventsFailed::text[], :#failureCode::text[], :#failureMessage::text[],
                  :#traceId::text[], :#durationMillis::text[], :#startedAtMillis::text[], :#outcome::text[],
                  :#httpStatus::text[], :#code::text[], :#subcode::text[], :#message::text[])
           as t (id, attempt, state, due_in_millis, reason, events_received, events_failed, failure_code, failure_message,
                 trace_id, duration_millis, started_at_millis, outcome, http_status, code, subcode, message)
), settled as (
    update conversion v
       set state           = o.state,
           due_at          = now() + o.due_in_millis::bigint * interval '1 millisecond',
           reason          = o.reason,
           events_received = o.events_received::int,
           events_failed   = o.events_failed::int,
           failure_code    = o.failure_code,
           failure_message = o.failure_message,
           trace_id        = o.trace_id,
           duration_ms     = o.duration_millis::int,
           updated_at      = now()
      from outcome o
     where v.id = o.id
       and v.attempts = o.attempt::int
       -- By the primary key and nothing else: the index of due conversions, which a comparison of the state would bring
       -- in, is full of rows that were settled a moment ago.
       and v.id = any (array(select id from outcome))
       and v.state || '' = 'sending'
    returning v.id
)
insert into attempt (conversion_id, number, started_at, duration_ms, outcome, http_status, code, subcode, message,
                     events_received, trace_id)
select o.id, o.attempt::int, to_timestamp(o.started_at_millis::bigint / 1000.0), o.duration_millis::int, o.outcome,
       o.http_status::int, o.code::int, o.subcode::int, o.message, o.events_received::int, o.trace_id
  from outcome o
  join settled using (id)
returning conversion_id as id
