-- Conversions that wait for the click of their contact, which has arrived: as a late webhook, sent again or filled in. They
-- are looked at without a lock, each by index, and changed if nobody else has done it meanwhile.
with waiting as (
    select v.id, w.conversation_id -- none, if what names it leads to several: never a click of somebody else
      from conversion v
     cross join lateral conversion_contact(v.account_id, v.aliases) w
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
