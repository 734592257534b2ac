-- Finds the conversation, chooses the click and makes the conversion durable, in one round trip and one commit.
-- No accepted_id while there is a ctwa_clid: the same (dataset, event name, event id) was taken before.
with found as (
    select id from conversation where id = :#conversationId and account_id = :#accountId
     union all
    select conversation_id from contact_alias
     where account_id = :#accountId and kind = :#aliasKind and value = :#aliasValue
     limit 1
), chosen as (
    select k.ctwa_clid
      from click k
      join found f on f.id = k.conversation_id
     where k.ctwa_clid is not null
     order by case when :#lastClick::boolean then k.clicked_at end desc,
              case when :#lastClick::boolean then k.id end desc,
              k.clicked_at, k.id
     limit 1
), accepted as (
    insert into conversion (id, account_id, conversation_id, dataset_id, waba_id, ctwa_clid, event_name, event_id,
                            event_time, value, currency, content_ids, email_hash, external_id_hash, test_code,
                            state, due_at, attempts)
    select :#id, :#accountId, f.id, :#datasetId, :#wabaId, k.ctwa_clid, :#eventName, :#eventId,
           to_timestamp(:#eventTime::bigint), :#value::numeric, :#currency, :#contentIds, :#emailHash,
           :#externalIdHash, :#testCode, :#state, now() + :#dueInMillis::bigint * interval '1 millisecond', :#attempts::int
      from found f
     cross join chosen k
        on conflict (dataset_id, event_name, event_id) do nothing
    returning id
)
select f.id as conversation_id, k.ctwa_clid, a.id as accepted_id
  from (select) as always
  left join found f on true
  left join chosen k on true
  left join accepted a on true
