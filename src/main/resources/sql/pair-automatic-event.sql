-- Decides whether an event of Meta's own is reported, and says under which id: not if it is refused, and not if it is an
-- event of the account's own, of the same name and click, that no other one of Meta's stands for. One that waits for
-- the click of this contact counts as well.
with event as (
    select * from automatic_event where id = :#eventId for update
), same as (
    select c.id
      from event e
      join conversion c on c.conversation_id = e.conversation_id and c.ctwa_clid = e.ctwa_clid
     union all
    select c.id
      from event e
      join conversion c on c.state = 'parked' and c.account_id = e.account_id
     where e.conversation_id = (
        select case when min(m.id) = max(m.id) then min(m.id) end
          from jsonb_to_recordset(c.aliases) as x (kind text, value text)
         cross join lateral (
            select case when x.kind = 'conversation' and x.value = e.conversation_id then x.value
                        else (select a.conversation_id from contact_alias a
                               where a.account_id = c.account_id and a.kind = x.kind and a.value = x.value) end as id
            offset 0) m)
), own as (
    select v.id
      from event e
      join conversion v on v.event_name = e.event_name and v.outcome_type is null
     where v.id = any (array(select id from same))
       and :#conversionId::text is not null and e.conversion_id is null and e.own_conversion_id is null
       and v.state not in ('rejected', 'expired', 'closed')
       and not exists (select from automatic_event o where o.own_conversion_id = v.id)
     order by v.seq
     limit 1
)
update automatic_event e
   set own_conversion_id = coalesce(e.own_conversion_id, (select id from own)),
       conversion_id     = case when (select id from own) is null then coalesce(e.conversion_id, :#conversionId) end,
       decision          = case when e.own_conversion_id is not null or e.conversion_id is not null then e.decision
                                when exists (select from own)
                                then 'Not reported: the account''s own event of this name and click counts for it.'
                                else :#decision end
 where e.id = :#eventId
returning id, case when own_conversion_id is null then conversion_id end as conversion_id
