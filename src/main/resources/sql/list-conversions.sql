-- Newest first. A page begins after (before, beforeId), so conversions that arrive meanwhile shift nothing.
select *
  from conversion
 where account_id = :#accountId
   and (:#states::text[] is null or state = any (:#states::text[]))
   and (:#eventName::text is null or event_name = :#eventName)
   and (:#since::timestamptz is null or created_at >= :#since::timestamptz)
   and (:#before::timestamptz is null or (created_at, id) < (:#before::timestamptz, :#beforeId::text))
 order by created_at desc, id desc
 limit :#limit
