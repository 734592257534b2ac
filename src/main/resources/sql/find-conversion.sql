-- One conversion with the click it is sent with.
select c.*, k.message_id, k.source_id, k.source_type, k.source_url, k.headline, k.clicked_at, k.captured_at
  from conversion c
  left join click k on k.conversation_id = c.conversation_id and k.ctwa_clid = c.ctwa_clid
 where c.id = :#id
