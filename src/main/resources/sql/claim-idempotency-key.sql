-- Gives a free key to one request, or shows what has it, in one round trip. A key is free if it is new or past its life,
-- or if the process of the same request died. No row: another request took the key this very moment.
with claimed as (
    insert into idempotency_key as k (api_key, key, fingerprint, claim, lease_until)
    values (:apiKey, :key, :fingerprint, :claim, now() + :leaseMillis * interval '1 millisecond')
        on conflict (api_key, key) do update
       set fingerprint = excluded.fingerprint, claim = excluded.claim, lease_until = excluded.lease_until,
           created_at = excluded.created_at, status = null, content_type = null, headers = null, body = null
     where k.created_at <= now() - :lifeMillis * interval '1 millisecond'
        or k.status is null and k.lease_until <= now() and k.fingerprint = excluded.fingerprint
    returning k.*
)
select claim, fingerprint, status, content_type, headers, body from claimed
 union all
select claim, fingerprint, status, content_type, headers, body
  from idempotency_key
 where api_key = :apiKey and key = :key and created_at > now() - :lifeMillis * interval '1 millisecond'
   and not exists (select from claimed)
