-- The next conversions that a decision is about, the oldest first and after those that were chosen before, so that each is
-- chosen once, however often it comes back.
select v.id, v.created_at, v.ctwa_clid is not null as has_click,
       v.event_time > now() - interval '1 millisecond' * :#maxAgeMillis::bigint as is_young
  from conversion v
 where v.state in ('parked', 'rejected', 'unknown', 'expired', 'closed') and v.state = any (:#states::text[])
   and (:#accountId::text is null or v.account_id = :#accountId)
   and (:#ids::text[] is null or v.id = any (:#ids::text[]))
   and (:#eventName::text is null or v.event_name = :#eventName)
   and (:#since::timestamptz is null or v.created_at >= :#since::timestamptz)
   and (:#until::timestamptz is null or v.created_at < :#until::timestamptz)
   and (:#conversationId::text is null or v.conversation_id = :#conversationId)
   and (:#code::text is null or v.failure_code = :#code
        or exists (select from (select h.code, h.subcode from history h
                                 where h.conversion_id = v.id and h.attempt is not null
                                 order by h.id desc limit 1) a
                    where :#code::text in (a.subcode::text, a.code::text)))
   and (:#after::timestamptz is null or (v.created_at, v.id) > (:#after::timestamptz, :#afterId::text))
 order by v.created_at, v.id
 limit :#limit
