-- Finds the conversation of each request, chooses the click and makes the conversion durable, for all requests that wait,
-- in one round trip and one commit. No accepted_id while there is a ctwa_clid: the same (dataset, event name, event id)
-- was taken before.
with asked as (
    select *
      from unnest(:#id::text[], :#accountId::text[], :#conversationId::text[], :#aliasKind::text[], :#aliasValue::text[],
                  :#lastClick::text[], :#datasetId::text[], :#wabaId::text[], :#eventName::text[], :#eventId::text[],
                  :#eventTime::text[], :#value::text[], :#currency::text[], :#contentIds::text[], :#emailHash::text[],
                  :#externalIdHash::text[], :#testCode::text[], :#state::text[], :#dueInMillis::text[],
                  :#attempts::text[])
           as t (id, account_id, named_id, alias_kind, alias_value, last_click, dataset_id, waba_id, event_name, event_id,
                 event_time, value, currency, content_ids, email_hash, external_id_hash, test_code, state, due_in_millis,
                 attempts)
), found as (
    select a.*, coalesce((select c.id from conversation c where c.id = a.named_id and c.account_id = a.account_id),
                         (select l.conversation_id from contact_alias l
                           where l.account_id = a.account_id and l.kind = a.alias_kind and l.value = a.alias_value))
                as conversation_id
      from asked a
), chosen as (
    select f.*, case when f.last_click = 'true'
                     then (select k.ctwa_clid from click k
                            where k.conversation_id = f.conversation_id and k.ctwa_clid is not null
                            order by k.clicked_at desc, k.id desc limit 1)
                     else (select k.ctwa_clid from click k
                            where k.conversation_id = f.conversation_id and k.ctwa_clid is not null
                            order by k.clicked_at, k.id limit 1) end as ctwa_clid
      from found f
), accepted as (
    insert into conversion (id, account_id, conversation_id, dataset_id, waba_id, ctwa_clid, event_name, event_id,
                            event_time, value, currency, content_ids, email_hash, external_id_hash, test_code,
                            state, due_at, attempts)
    select id, account_id, conversation_id, dataset_id, waba_id, ctwa_clid, event_name, event_id,
           to_timestamp(event_time::bigint), value::numeric, currency, content_ids, email_hash, external_id_hash,
           test_code, state, now() + due_in_millis::bigint * interval '1 millisecond', attempts::int
      from chosen
     where ctwa_clid is not null
     order by dataset_id, event_name, event_id
        on conflict (dataset_id, event_name, event_id) do nothing
    returning id
)
select c.id, c.conversation_id, c.ctwa_clid, a.id as accepted_id
  from chosen c
  left join accepted a using (id)
