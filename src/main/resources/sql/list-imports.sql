-- Newest first; a page begins after (before, beforeId) and imports that begin meanwhile do not shift it.
select *
  from import
 where account_id = :#accountId
   and (:#before::timestamptz is null or (created_at, id) < (:#before::timestamptz, :#beforeId::text))
 order by created_at desc, id desc
 limit :#limit
