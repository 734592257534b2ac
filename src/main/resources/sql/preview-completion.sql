-- Whether complete-click.sql would put anything in; stores nothing.
select k.id
  from click k
 where k.id = :#id::bigint
   and not exists (select from click o
                    where k.ctwa_clid is null and o.conversation_id = k.conversation_id and o.ctwa_clid = :#ctwa_clid::text)
