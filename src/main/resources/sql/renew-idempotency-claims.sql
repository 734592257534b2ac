-- Only a process that died lets go of its keys: requests that are still under way keep theirs, however long they take.
update idempotency_key i
   set lease_until = now() + :#leaseMillis::bigint * interval '1 millisecond'
  from unnest(:#apiKeys::text[], :#keys::text[], :#claims::text[]) as t (api_key, key, claim)
 where i.api_key = decode(t.api_key, 'hex') and i.key = t.key and i.claim = t.claim and i.status is null
