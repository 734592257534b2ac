-- Newest first, without what they hold; a page begins after (before, beforeId) and rows that arrive do not shift it.
select id, provider, channel_key, reason, received_at, repeats, replayed_at
  from quarantined_webhook
 where (:#provider::text is null or provider = :#provider)
   and (:#since::timestamptz is null or received_at >= :#since::timestamptz)
   and (:#until::timestamptz is null or received_at < :#until::timestamptz)
   and (:#before::timestamptz is null or (received_at, id) < (:#before::timestamptz, :#beforeId::text))
 order by received_at desc, id desc
 limit :#limit
