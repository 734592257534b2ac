-- Newest first; a page begins after (before, beforeId), so rows that arrive meanwhile shift nothing.
select e.*
  from automatic_event e
 where e.account_id = :#accountId
   and (:#before::timestamptz is null or (e.received_at, e.id) < (:#before::timestamptz, :#beforeId::text))
 order by e.received_at desc, e.id desc
 limit :#limit
