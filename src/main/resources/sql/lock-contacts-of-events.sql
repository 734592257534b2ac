-- Locks the conversations that Meta's own events may belong to, in a fixed order, until the transaction ends. The statement that
-- keeps the events then sees every touch and click of them, and none is added beside it.
with given as (
    select *
      from unnest(:#accountId::text[], :#messageId::text[], :#clickId::text[], :#aliases::text[], :#guesses::text[])
        as t (account_id, message_id, ctwa_clid, aliases, guesses)
)
select v.id
  from conversation v
 where v.id in (select k.conversation_id from given g join click k using (account_id, message_id)
                 union all
                select c.id from given g join conversation c on c.account_id = g.account_id and c.hint_message_id = g.message_id
                 union all
                select k.conversation_id from given g join click k using (account_id, ctwa_clid)
                 union all
                select a.conversation_id
                  from given g
                 cross join lateral (select * from json_to_recordset(g.aliases::json) as x (kind text, value text)
                                      union all
                                     select * from json_to_recordset(g.guesses::json) as x (kind text, value text)) as x
                  join contact_alias a on a.account_id = g.account_id and a.kind = x.kind and a.value = x.value)
 order by v.id
   for no key update
