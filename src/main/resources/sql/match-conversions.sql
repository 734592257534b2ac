-- What accept-conversions.sql would find for each of these, without storing anything: conversation, click, repetition.
with asked as (
    select *
      from unnest(:#id::text[], :#accountId::text[], :#aliases::text[],
                  :#lastClick::text[], :#datasetId::text[], :#eventName::text[], :#eventId::text[])
           as t (id, account_id, aliases, last_click, dataset_id, event_name, event_id)
), found as (
    select a.*, w.conversation_id, w.is_split
      from asked a
     cross join lateral (
        select case when min(m.id) = max(m.id) and bool_and(x.kind <> 'conversation' or m.id is not null) then min(m.id) end
                   as conversation_id,
               coalesce(min(m.id) <> max(m.id), false) as is_split
          from json_to_recordset(a.aliases::json) as x (kind text, value text)
         cross join lateral (
            select coalesce((select c.id from conversation c
                              where x.kind = 'conversation' and c.id = x.value and c.account_id = a.account_id),
                            (select l.conversation_id from contact_alias l
                              where l.account_id = a.account_id and l.kind = x.kind and l.value = x.value)) as id
            offset 0) m) w -- or each of the three that read it would look it up again
), chosen as (
    select f.*, case when f.last_click = 'true'
                     then (select k.ctwa_clid from click k
                            where k.conversation_id = f.conversation_id and k.ctwa_clid is not null
                            order by k.clicked_at desc, k.id desc limit 1)
                     else (select k.ctwa_clid from click k
                            where k.conversation_id = f.conversation_id and k.ctwa_clid is not null
                            order by k.clicked_at, k.id limit 1) end as ctwa_clid,
           (select c.id from conversion c
             where c.dataset_id = f.dataset_id and c.event_name = f.event_name and c.event_id = f.event_id) as first_id
      from found f
)
select id, conversation_id, is_split, ctwa_clid, case when ctwa_clid is not null then 'pending' end as state,
       case when first_id is null and row_number() over (partition by dataset_id, event_name, event_id,
                                                          ctwa_clid is null order by id) = 1 then id end as accepted_id
  from chosen
