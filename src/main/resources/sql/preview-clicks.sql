-- Whether the clicks of these messages are known already, by the contact's click id, or a touch by the contact's message; stores nothing.
with alias as (
    select * from unnest(:#owners::int[], :#kinds::text[], :#values::text[]) as t (number, kind, value)
), message as (
    select *
      from unnest(:#accounts::text[], :#messageIds::text[], :#clickIds::text[]) with ordinality
           as t (account_id, message_id, ctwa_clid, position)
)
select (m.position - 1)::int as number,
       exists (select from alias a
                 join contact_alias c on c.account_id = m.account_id and c.kind = a.kind and c.value = a.value
                 join click k on k.conversation_id = c.conversation_id
                             and case when m.ctwa_clid is null then k.message_id = m.message_id else k.ctwa_clid = m.ctwa_clid end
                where a.number = m.position - 1) as known
  from message m
 order by m.position
