-- Writes when channels were heard of last, never an earlier time over a later one: other instances write, too. Rows are
-- locked in a fixed order, so that two instances wait for each other and do not deadlock.
with noted as (
    select c.id, n.received_at, n.refused_at, n.reason
      from unnest(:#providers::text[], :#keys::text[], :#received::timestamptz[], :#refused::timestamptz[],
                  :#reasons::text[]) as n (provider, key, received_at, refused_at, reason)
      join channel c on c.provider = n.provider and c.key = n.key
     order by c.id
       for update of c
)
update channel c
   set last_webhook_at = greatest(c.last_webhook_at, n.received_at),
       last_refusal    = case when n.refused_at > coalesce(c.last_refusal_at, '-infinity') then n.reason else c.last_refusal end,
       last_refusal_at = greatest(c.last_refusal_at, n.refused_at)
  from noted n
 where c.id = n.id
