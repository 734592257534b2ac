-- What Meta did not take, newest first, each with the code of its last call. A page begins after (before, beforeId), so
-- conversions that arrive meanwhile shift nothing.
select v.*, coalesce(v.failure_code, nullif(a.subcode, 0)::text, nullif(a.code, 0)::text) as last_code
  from conversion v
  left join lateral (select h.code, h.subcode from history h
                      where h.conversion_id = v.id and h.attempt is not null
                      order by h.id desc limit 1) a on true
 where v.state in ('parked', 'rejected', 'unknown', 'expired', 'closed') and v.state = any (:#states::text[])
   and (:#accountId::text is null or v.account_id = :#accountId)
   and (:#eventName::text is null or v.event_name = :#eventName)
   and (:#code::text is null or :#code::text in (v.failure_code, a.subcode::text, a.code::text))
   and (:#since::timestamptz is null or v.created_at >= :#since::timestamptz)
   and (:#until::timestamptz is null or v.created_at < :#until::timestamptz)
   and (:#conversationId::text is null or v.conversation_id = :#conversationId)
   and (:#before::timestamptz is null or (v.created_at, v.id) < (:#before::timestamptz, :#beforeId::text))
 order by v.created_at desc, v.id desc
 limit :#limit
