-- Locks every conversation that a contact is known under, in a fixed order, until the transaction ends: no click, alias or conversion
-- is added to one of them before they are merged, and the statement that merges them sees all that was added before.
select v.id
  from conversation v
 where v.id in (select a.conversation_id
                  from unnest(:#kinds::text[], :#values::text[]) as t (kind, value)
                  join contact_alias a on a.account_id = :#accountId and a.kind = t.kind and a.value = t.value)
 order by v.id
   for update
