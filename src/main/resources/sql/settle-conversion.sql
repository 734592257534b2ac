-- Writes down what an attempt brought, once: the attempt's number guards against a sender whose lease ran out.
with settled as (
    update conversion
       set state           = :#state,
           due_at          = now() + :#dueInMillis::bigint * interval '1 millisecond',
           reason          = :#reason,
           events_received = :#eventsReceived,
           events_failed   = :#eventsFailed,
           failure_code    = :#failureCode,
           failure_message = :#failureMessage,
           trace_id        = :#traceId,
           duration_ms     = :#durationMillis,
           updated_at      = now()
     where id = :#id and state = 'sending' and attempts = :#attempt
    returning id
)
insert into attempt (conversion_id, number, started_at, duration_ms, outcome, http_status, code, subcode, message,
                     events_received, trace_id)
select id, :#attempt, to_timestamp(:#startedAtMillis::bigint / 1000.0), :#durationMillis, :#outcome, :#httpStatus, :#code,
       :#subcode, :#message, :#eventsReceived, :#traceId
  from settled
