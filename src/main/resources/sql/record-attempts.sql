-- Writes down what calls brought, each once: the claim and the attempt's number guard against a sender whose conversion
-- another one has taken meanwhile, also if this is run again because its first answer was lost. One that was given up as
-- unknown is settled after all by the late answer of its own attempt. Rows without an outcome took part in no call: their lease
-- is renewed, or they are given back.
with outcome as (
    select *
      from unnest(:#id::text[], :#attempt::text[], :#claim::text[], :#state::text[], :#dueInMillis::text[], :#reason::text[],
                  :#retries::text[], :#attemptsMore::text[], :#eventsReceived::text[], :#eventsFailed::text[],
                  :#failureCode::text[], :#failureMessage::text[], :#traceId::text[], :#durationMillis::text[],
                  :#startedAtMillis::text[], :#outcome::text[], :#httpStatus::text[], :#code::text[], :#subcode::text[],
                  :#message::text[], :#eventsSent::text[])
           with ordinality
           as t (id, attempt, claim, state, due_in_millis, reason, retries, attempts_more, events_received, events_failed,
                 failure_code, failure_message, trace_id, duration_millis, started_at_millis, outcome, http_status, code,
                 subcode, message, events_sent, row)
), settled as (
    update conversion v
       set state           = o.state,
           due_at          = now() + o.due_in_millis::bigint * interval '1 millisecond',
           reason          = o.reason,
           retries         = o.retries::int,
           attempts        = v.attempts + o.attempts_more::int,
           events_received = o.events_received::int,
           events_failed   = o.events_failed::int,
           failure_code    = o.failure_code,
           failure_message = o.failure_message,
           trace_id        = coalesce(o.trace_id, v.trace_id),
           duration_ms     = coalesce(o.duration_millis::int, v.duration_ms),
           updated_at      = now()
      from outcome o
     where v.id = o.id
       and v.attempts = o.attempt::int
       and v.claim is not distinct from o.claim
       -- By the primary key and nothing else: the index of leases, which a comparison of the state would bring in, is full
       -- of rows that were settled a moment ago.
       and v.id = any (array(select id from outcome))
       and v.state || '' in ('sending', 'unknown')
    returning v.id
), told as (
    insert into history (conversion_id, event, state, reason, attempt, started_at, duration_ms, outcome, http_status, code,
                         subcode, message, events_sent, events_received, trace_id)
    select o.id, 'attempt', o.state, o.reason, o.attempt::int, to_timestamp(o.started_at_millis::bigint / 1000.0),
           o.duration_millis::int, o.outcome, o.http_status::int, o.code::int, o.subcode::int, o.message,
           o.events_sent::int, o.events_received::int, o.trace_id
      from outcome o
      join settled using (id)
     where o.outcome is not null
)
select o.row, true as is_written from outcome o join settled using (id)
