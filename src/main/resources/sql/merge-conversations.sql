-- Two conversations turned out to be one contact's: everything moves to the oldest, no click is lost or doubled, and
-- the ids merged away go on working as aliases. Idempotent.
with family as (
    select distinct a.conversation_id as id, a.account_id
      from unnest(:#kinds::text[], :#values::text[]) as t (kind, value)
      join contact_alias a on a.account_id = :#accountId and a.kind = t.kind and a.value = t.value
), winner as (
    select min(id) as id from family
), loser as (
    select f.id, f.account_id from family f, winner w where f.id <> w.id
), doubled as (
    delete from click k
     using loser l, winner w
     where k.conversation_id = l.id
       and exists (select from click e where e.conversation_id = w.id and e.ctwa_clid = k.ctwa_clid)
), clicks as (
    update click k set conversation_id = w.id
      from loser l, winner w
     where k.conversation_id = l.id
       and not exists (select from click e where e.conversation_id = w.id and e.ctwa_clid = k.ctwa_clid)
), conversions as (
    update conversion v set conversation_id = w.id from loser l, winner w where v.conversation_id = l.id
), aliases as (
    update contact_alias a set conversation_id = w.id from loser l, winner w where a.conversation_id = l.id
), former as (
    insert into contact_alias (account_id, kind, value, conversation_id)
    select l.account_id, 'conversation', l.id, w.id from loser l, winner w
)
delete from conversation v using loser l where v.id = l.id
