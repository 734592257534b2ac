-- Puts in what a click's stored words say and its row does not have; what is there is never overwritten. A click id that the
-- conversation has from another message would be a second click of the same: then nothing is put in, and no row comes back.
update click k
   set ctwa_clid   = coalesce(k.ctwa_clid, :#ctwa_clid),
       source_id   = coalesce(k.source_id, :#source_id),
       source_type = coalesce(k.source_type, :#source_type),
       source_url  = coalesce(k.source_url, :#source_url),
       headline    = coalesce(k.headline, :#headline),
       body        = coalesce(k.body, :#body),
       media_type  = coalesce(k.media_type, :#media_type)
 where k.id = :#id::bigint
   and not exists (select from click o
                    where k.ctwa_clid is null and o.conversation_id = k.conversation_id and o.ctwa_clid = :#ctwa_clid::text)
returning k.id
