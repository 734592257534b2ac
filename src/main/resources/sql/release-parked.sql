-- Conversions that wait for the click of their contact, which has arrived: as a late webhook, sent again or filled in. They
-- are looked at without a lock, each by index, and changed if nobody else has done it meanwhile.
with waiting as (
    select v.id, w.conversation_id
      from conversion v
     cross join lateral (
        select case when min(m.id) = max(m.id) then min(m.id) end as conversation_id -- never a click of somebody else
          from jsonb_to_recordset(v.aliases) as x (kind text, value text)
         cross join lateral (
            select coalesce((select c.id from conversation c
                              where x.kind = 'conversation' and c.id = x.value and c.account_id = v.account_id),
                            (select l.conversation_id from contact_alias l
                              where l.account_id = v.account_id and l.kind = x.kind and l.value = x.value)) as id
            offset 0) m) w -- or each of the three that read it would look it up again
     where v.state = 'parked'
), found as (
    select w.*, case when :#lastClick
                     then (select k.ctwa_clid from click k
                            where k.conversation_id = w.conversation_id and k.ctwa_clid is not null
                            order by k.clicked_at desc, k.id desc limit 1)
                     else (select k.ctwa_clid from click k
                            where k.conversation_id = w.conversation_id and k.ctwa_clid is not null
                            order by k.clicked_at, k.id limit 1) end as ctwa_clid
      from waiting w
     where w.conversation_id is not null
), changed as (
    update conversion v
       set state = 'pending', due_at = now(), reason = 'The click of its contact has arrived.', updated_at = now(),
           conversation_id = f.conversation_id, ctwa_clid = f.ctwa_clid, aliases = null
      from found f
     where v.id = f.id and f.ctwa_clid is not null and v.state = 'parked'
    returning v.id, v.state, v.reason
)
insert into history (conversion_id, event, state, reason) select id, 'click-arrived', state, reason from changed
