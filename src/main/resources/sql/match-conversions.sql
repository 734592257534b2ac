-- What accept-conversions.sql would find for each of these, without storing anything: conversation, click, and what stands
-- under its event id, in the database or further up in this list, with what differs.
with asked as (
    select *
      from unnest(:#id::text[], :#accountId::text[], :#aliases::jsonb[], :#lastClick::text[], :#datasetId::text[],
                  :#eventName::text[], :#eventId::text[], :#value::text[], :#currency::text[], :#contentIds::text[],
                  :#emailHash::text[], :#externalIdHash::text[], :#testCode::text[], :#givenTime::text[],
                  :#customData::text[])
           with ordinality
           as t (id, account_id, aliases, last_click, dataset_id, event_name, event_id, value, currency, content_ids,
                 email_hash, external_id_hash, test_code, given_time, custom_data, row)
), found as (
    select a.*, w.conversation_id, w.is_split
      from asked a
     cross join lateral conversion_contact(a.account_id, a.aliases) w
), chosen as (
    select f.*, case when f.last_click = 'true'
                     then (select k.ctwa_clid from click k
                            where k.conversation_id = f.conversation_id and k.ctwa_clid is not null
                            order by k.clicked_at desc, k.id desc limit 1)
                     else (select k.ctwa_clid from click k
                            where k.conversation_id = f.conversation_id and k.ctwa_clid is not null
                            order by k.clicked_at, k.id limit 1) end as ctwa_clid,
           jsonb_populate_record(null::conversion, to_jsonb(f)) as contents
      from found f
), compared as (
    select c.*, v.id as stands_id, v.state as stands_state,
           v.state in ('rejected', 'expired') and v.account_id = c.account_id as is_replaceable,
           case when v.id is not null then conversion_differences(v, c.contents) end as differs
      from chosen c
      left join lateral (select * from conversion v
                          where v.dataset_id = c.dataset_id and v.event_name = c.event_name and v.event_id = c.event_id
                          limit 1) v on true
), placed as (
    -- The first that would be taken, as far as this list goes, stands before the ones behind it.
    select c.*, min(c.row) filter (where c.ctwa_clid is not null
                                     and (c.stands_id is null or c.is_replaceable and c.differs <> '{}')) over same as taken
      from compared c
    window same as (partition by c.dataset_id, c.event_name, c.event_id)
)
select p.row, p.conversation_id, p.is_split, p.ctwa_clid, case when p.ctwa_clid is not null then 'pending' end as state,
       case when p.row = p.taken then p.id end as accepted_id,
       case when p.taken < p.row then null else p.stands_id end as stands_id,
       case when p.taken < p.row then 'pending' else p.stands_state end as stands_state,
       array_to_string(case when p.taken < p.row then conversion_differences(t.contents, p.contents) else p.differs end, ',')
           as differs
  from placed p
  left join placed t on t.row = p.taken and t.dataset_id = p.dataset_id and t.event_name = p.event_name
                    and t.event_id = p.event_id
