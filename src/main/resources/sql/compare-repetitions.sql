-- What stands under the dataset, event name and event id of each request that was not taken for that, and in which fields the
-- request differs from it. gives_way: contents that differ would replace it. is_counted: it was closed from the start, because an
-- event of Meta's own counts for it.
select t.row, t.event_id, v.id as stands_id, v.state as stands_state, v.replaced_by, v.reason as stands_reason, v.events_received,
       v.failure_code, v.failure_message, v.trace_id, v.state in ('rejected', 'expired') and v.account_id = t.account_id as gives_way,
       v.state = 'closed' and exists (select from automatic_event e where e.own_conversion_id = v.id) as is_counted,
       array_to_string(conversion_differences(v, jsonb_populate_record(null::conversion, to_jsonb(t))), ',') as differs
  from unnest(:#id::text[], :#accountId::text[], :#conversationId::text[], :#aliases::jsonb[], :#datasetId::text[],
              :#eventName::text[], :#eventId::text[], :#value::text[], :#currency::text[], :#contentIds::text[],
              :#emailHash::text[], :#externalIdHash::text[], :#testCode::text[], :#givenTime::text[], :#customData::text[])
       with ordinality
       as t (id, account_id, conversation_id, aliases, dataset_id, event_name, event_id, value, currency, content_ids,
             email_hash, external_id_hash, test_code, given_time, custom_data, row)
 cross join lateral (select * from conversion v
                      where v.dataset_id = t.dataset_id and v.event_name = t.event_name and v.event_id = t.event_id
                      limit 1) v
