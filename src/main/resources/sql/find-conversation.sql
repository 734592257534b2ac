-- One conversation by its id or by an id merged into it, with every click, the oldest first; no click: one row of nulls.
select v.*, a.display_phone_number, a.username,
       k.id as click_id, k.message_id, k.ctwa_clid, k.source_id, k.source_type, k.source_url, k.headline, k.body,
       k.media_type, k.tag, k.clicked_at, k.captured_at
  from conversation v
  join account a on a.id = v.account_id
  left join click k on k.conversation_id = v.id
 where v.id = coalesce((select c.id from conversation c where c.id = :#id),
                       (select m.conversation_id from contact_alias m
                         where m.account_id = :#accountId and m.kind = 'conversation' and m.value = :#id))
   and v.account_id = :#accountId
 order by k.clicked_at, k.id
