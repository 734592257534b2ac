-- The same list as list-conversations, oldest first: each conversation with the click it is known by: the first that has a click id,
-- else the first touch. A page begins after (before, beforeId), so rows that arrive meanwhile shift nothing.
select v.*, a.display_phone_number, a.username,
       k.ctwa_clid, k.source_id, k.source_type, k.source_url, k.headline, k.captured_at, k.id as click_id
  from conversation v
  join account a on a.id = v.account_id
  left join lateral (select * from click k
                      where k.conversation_id = v.id
                      order by k.ctwa_clid is null, k.clicked_at, k.id
                      limit 1) k on true
 where (:#accountId::text is null or v.account_id = :#accountId)
   and (:#profileId::text is null or a.profile_id = :#profileId)
   and a.disconnected_at is null
   and (:#before::timestamptz is null or (v.updated_at, v.id) > (:#before::timestamptz, :#beforeId::text))
 order by v.updated_at, v.id
 limit :#limit
