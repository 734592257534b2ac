-- Finds the conversation of each request by all that it names, chooses the click and makes the conversion durable, for all
-- requests that wait, in one round trip and one commit. No accepted_id while there is a state: the same (dataset, event name, event id) was
-- taken before, and stands. One that Meta refused or that expired gives way to other contents: its row takes them, under the
-- lock of the row, so that of several requests at once one is sent. Only the first unfinished one of a conversation
-- for its destination may be sent, and only while the destination is active.
with asked as (
    select t.*, nextval('conversion_order') as seq
      from unnest(:#id::text[], :#accountId::text[], :#conversationId::text[], :#aliases::jsonb[], :#lastClick::text[],
                  :#datasetId::text[], :#wabaId::text[], :#eventName::text[], :#eventId::text[],
                  :#eventTime::text[], :#value::text[], :#currency::text[], :#contentIds::text[], :#emailHash::text[],
                  :#externalIdHash::text[], :#testCode::text[], :#leaseMillis::text[], :#parkMillis::text[],
                  :#clickId::text[], :#outcomeType::text[], :#givenTime::text[], :#customData::text[])
           with ordinality
           as t (id, account_id, named_id, aliases, last_click, dataset_id, waba_id, event_name, event_id, event_time,
                 value, currency, content_ids, email_hash, external_id_hash, test_code, lease_millis,
                 park_millis, click_id, outcome_type, given_time, custom_data, row)
), found as (
    select a.*, w.conversation_id, w.is_split
      from asked a
     cross join lateral conversion_contact(a.account_id, a.aliases) w
), chosen as (
    select f.*, case when f.click_id is not null then f.click_id -- Meta's own event says which
                     when f.last_click = 'true'
                     then (select k.ctwa_clid from click k
                            where k.conversation_id = f.conversation_id and k.ctwa_clid is not null
                            order by k.clicked_at desc, k.id desc limit 1)
                     else (select k.ctwa_clid from click k
                            where k.conversation_id = f.conversation_id and k.ctwa_clid is not null
                            order by k.clicked_at, k.id limit 1) end as ctwa_clid
      from found f
), twin as (
    -- Meta's own events of the same name and click that were reported and stand for no event of the account's yet; locked,
    -- so that of two events that come at once only one is paired. An account that reports none pays one look at an index.
    select t.*, row_number() over (partition by t.account_id, t.event_name, t.ctwa_clid order by t.id) as place
      from (select distinct account_id, event_name, ctwa_clid from chosen
             where outcome_type is null and ctwa_clid is not null) c
     cross join lateral (select e.id, e.account_id, e.event_name, e.ctwa_clid
                           from automatic_event e
                          where e.account_id = c.account_id and e.event_name = c.event_name and e.ctwa_clid = c.ctwa_clid
                            and e.conversion_id is not null and e.own_conversion_id is null
                            and not exists (select from conversion v where v.id = e.conversion_id
                                               and v.state in ('rejected', 'expired', 'closed'))
                          order by e.id
                            for update) t
), pair as (
    select o.id, t.id as event
      from (select c.id, c.account_id, c.event_name, c.ctwa_clid,
                   row_number() over (partition by c.account_id, c.event_name, c.ctwa_clid order by c.seq) as place
              from (select distinct on (dataset_id, event_name, event_id) * from chosen
                     where outcome_type is null and ctwa_clid in (select ctwa_clid from twin)
                     order by dataset_id, event_name, event_id, seq) c
             where not exists (select from conversion v where v.dataset_id = c.dataset_id and v.event_name = c.event_name
                                                          and v.event_id = c.event_id and v.state not in ('rejected', 'expired'))) o
      join twin t using (account_id, event_name, ctwa_clid, place)
), new_destination as (
    -- The update that changes nothing returns the row of whoever was faster.
    insert into destination as d (account_id, dataset_id, test_code)
    select distinct account_id, dataset_id, coalesce(test_code, '') as test_code from chosen c
     where not exists (select from destination d where d.dataset_id = c.dataset_id and d.account_id = c.account_id
                                                   and d.test_code = coalesce(c.test_code, ''))
     order by dataset_id, account_id, test_code
        on conflict (dataset_id, account_id, test_code) do update set account_id = d.account_id
    returning d.id, d.account_id, d.dataset_id, d.test_code, d.state, d.failures, d.reason
), placed as (
    select c.*, coalesce(d.id, n.id) as destination, coalesce(d.state, n.state) as destination_state,
           coalesce(d.failures, n.failures) as destination_failures,
           case when coalesce(d.state, n.state) <> 'active' then coalesce(d.reason, n.reason)
                when row_number() over (partition by c.conversation_id, coalesce(d.id, n.id) order by c.seq) > 1
                  or exists (select from conversion p
                              where p.conversation_id = c.conversation_id and p.destination = coalesce(d.id, n.id)
                                and p.state in ('pending', 'sending', 'waiting'))
                then 'It goes after an earlier conversion of its conversation, which is not delivered yet.' end as held
      from chosen c
      left join lateral (select * from destination d where d.dataset_id = c.dataset_id and d.account_id = c.account_id
                                                       and d.test_code = coalesce(c.test_code, '') limit 1) d on true
      left join new_destination n on n.dataset_id = c.dataset_id and n.account_id = c.account_id
                                 and n.test_code = coalesce(c.test_code, '')
), stated as (
    select p.*, case when p.id in (select id from pair) then 'closed'
                     when p.ctwa_clid is null
                     then case when p.park_millis is not null and not p.is_split
                                and (p.conversation_id is not null or p.named_id is null)
                               then 'parked' end
                     when p.lease_millis is null or p.held is not null then 'pending'
                     else 'sending' end as state
      from placed p
), proposed as (
    -- Of several with one event id the first; the others find it.
    select distinct on (dataset_id, event_name, event_id) * from stated
     where state is not null
     order by dataset_id, event_name, event_id, seq
), accepted as (
    insert into conversion as v (id, account_id, conversation_id, dataset_id, waba_id, ctwa_clid, event_name, event_id,
                            event_time, value, currency, content_ids, email_hash, external_id_hash, test_code,
                            outcome_type, seq, destination, state, due_at, attempts, reason, aliases, given_time, custom_data)
    select id, account_id, case when state <> 'parked' then conversation_id end, dataset_id, waba_id, ctwa_clid, event_name,
           event_id, to_timestamp(event_time::bigint), value::numeric, currency, content_ids, email_hash,
           external_id_hash, test_code, outcome_type, seq, destination, state,
           now() + interval '1 millisecond' * case state when 'sending' then lease_millis::bigint
                                                         when 'parked' then park_millis::bigint
                                                         when 'pending' then 0 end,
           case state when 'sending' then 1 else 0 end,
           case state when 'pending' then held when 'parked' then 'It waits for the click of its contact.'
                      when 'closed' then 'It is not sent: Meta''s own event of the same name and click was reported already, and counts for it.'
                      end,
           case state when 'parked' then aliases end, given_time::bigint, custom_data
      from proposed
     order by dataset_id, event_name, event_id
        on conflict (dataset_id, event_name, event_id) do update
       set conversation_id = excluded.conversation_id, waba_id = excluded.waba_id, ctwa_clid = excluded.ctwa_clid,
           event_time = excluded.event_time, value = excluded.value, currency = excluded.currency,
           content_ids = excluded.content_ids, email_hash = excluded.email_hash,
           external_id_hash = excluded.external_id_hash, test_code = excluded.test_code,
           outcome_type = excluded.outcome_type, seq = excluded.seq, destination = excluded.destination,
           state = excluded.state, due_at = excluded.due_at, reason = excluded.reason, aliases = excluded.aliases,
           given_time = excluded.given_time, custom_data = excluded.custom_data, replaced_by = excluded.id, claim = null,
           attempts = v.attempts + excluded.attempts, -- another number, so that no outcome of a former attempt settles this one
           retries = 0, events_received = null, events_failed = null, failure_code = null, failure_message = null,
           trace_id = null, duration_ms = null, updated_at = now(), former = conversion_former(v, excluded)
     where v.state in ('rejected', 'expired') and v.account_id = excluded.account_id
       and conversion_differences(v, excluded) <> '{}'
    returning v.id, coalesce(v.replaced_by, v.id) as asked_id, v.state, v.reason, v.attempts, v.former
), paired as (
    update automatic_event e
       set own_conversion_id = a.id, decision = 'Reported before the account''s own event of this name and click came, which is not sent.'
      from accepted a
      join pair p on p.id = a.asked_id
     where e.id = p.event
), told as (
    insert into history (conversion_id, event, state, reason, former)
    select id, case when former is null then 'accepted' else 'replaced' end, state,
           case when former is null then reason
                else concat('Meta ' || case former ->> 'state' when 'rejected' then 'refused' else 'was never told of' end
                            || ' the contents before; a repetition of the event id replaces them, which differs in '
                            || (select string_agg(d, ', ') from jsonb_array_elements_text(former -> 'differs') d) || '.',
                            ' ' || reason) end, former
      from accepted
)
select s.row, s.conversation_id, s.is_split, s.ctwa_clid, s.state, s.held, s.destination, s.destination_state,
       s.destination_failures, a.id as accepted_id, a.reason, a.attempts
  from stated s
  left join accepted a on a.asked_id = s.id
