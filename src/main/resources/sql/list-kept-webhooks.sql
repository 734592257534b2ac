-- Newest first, without what they hold; a page begins after (before, beforeId) and rows that arrive do not shift it.
select id, provider, reason, received_at, replayed_at
  from kept_webhook
 where (:#before::timestamptz is null or (received_at, id) < (:#before::timestamptz, :#beforeId::text))
 order by received_at desc, id desc
 limit :#limit
