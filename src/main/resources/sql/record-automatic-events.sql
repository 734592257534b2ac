-- Keeps Meta's own events, once per message and name, and every click id that they bring: it completes the touch of the same
-- message, or of a contact without any click id the last touch before the event; else it is a click of its own, whose referral
-- never came. Says whose each is.

-- First it locks the conversations that the events may belong to, in a fixed order: then it sees every touch and click of them, and
-- none is added beside it.
with given as (
    select *
      from unnest(:#accountId::text[], :#messageId::text[], :#clickId::text[], :#aliases::text[], :#guesses::text[])
        as t (account_id, message_id, ctwa_clid, aliases, guesses)
)
select v.id
  from conversation v
 where v.id in (select k.conversation_id from given g join click k using (account_id, message_id)
                 union all
                select c.id from given g join conversation c on c.account_id = g.account_id and c.hint_message_id = g.message_id
                 union all
                select k.conversation_id from given g join click k using (account_id, ctwa_clid)
                 union all
                select a.conversation_id
                  from given g
                 cross join lateral (select * from json_to_recordset(g.aliases::json) as x (kind text, value text)
                                      union all
                                     select * from json_to_recordset(g.guesses::json) as x (kind text, value text)) as x
                  join contact_alias a on a.account_id = g.account_id and a.kind = x.kind and a.value = x.value)
 order by v.id
   for no key update;

with given as (
    -- The same event twice in one batch is one, the one with a click id.
    select distinct on (account_id, message_id, event_name) t.*
      from unnest(:#id::text[], :#accountId::text[], :#messageId::text[], :#eventName::text[], :#eventTime::bigint[],
                  :#clickId::text[], :#value::numeric[], :#currency::text[], :#aliases::text[], :#guesses::text[],
                  :#kept::boolean[], :#decision::text[])
           with ordinality
           as t (id, account_id, message_id, event_name, event_time, ctwa_clid, value, currency, aliases, guesses, kept,
                 decision, row)
     order by account_id, message_id, event_name, ctwa_clid is null, row
), found as materialized (
    select g.*, to_timestamp(g.event_time) as at,
           -- An id that messages of several contacts have names none of them.
           coalesce((select case when count(distinct k.conversation_id) = 1 then min(k.conversation_id) end from click k
                      where k.account_id = g.account_id and k.message_id = g.message_id),
                    (select v.id from conversation v -- the message was withheld, see hint_message_id
                      where v.account_id = g.account_id and v.hint_message_id = g.message_id
                      order by v.id limit 1),
                    (select a.conversation_id
                       from json_to_recordset(g.aliases::json) as x (kind text, value text)
                       join contact_alias a on a.account_id = g.account_id and a.kind = x.kind and a.value = x.value
                      order by a.conversation_id limit 1),
                    (select k.conversation_id from click k
                      where k.ctwa_clid = g.ctwa_clid and k.account_id = g.account_id
                      order by k.clicked_at, k.id limit 1),
                    (select a.conversation_id
                       from json_to_recordset(g.guesses::json) as x (kind text, value text)
                       join contact_alias a on a.account_id = g.account_id and a.kind = x.kind and a.value = x.value
                      order by a.conversation_id limit 1)) as conversation_id
      from given g
), touched as (
    -- Of each click id that the conversation does not have yet: the touch it belongs to, if there is one.
    select distinct on (f.conversation_id, f.ctwa_clid) f.conversation_id, f.account_id, f.message_id, f.ctwa_clid, f.at,
           case when row_number() over (partition by k.id order by f.at, f.ctwa_clid) = 1 then k.id end as click_id
      from found f
      left join lateral (select k.id
                           from click k
                          where k.conversation_id = f.conversation_id and k.ctwa_clid is null
                            and (k.message_id = f.message_id
                                 or not exists (select from click c
                                                 where c.conversation_id = f.conversation_id and c.ctwa_clid is not null))
                          order by k.message_id = f.message_id desc, k.clicked_at <= f.at desc, k.clicked_at desc, k.id
                          limit 1) k on true
     where f.conversation_id is not null and f.ctwa_clid is not null
       and not exists (select from click c where c.conversation_id = f.conversation_id and c.ctwa_clid = f.ctwa_clid)
     order by f.conversation_id, f.ctwa_clid, f.at, click_id nulls last
), completed as (
    update click k
       set ctwa_clid = t.ctwa_clid, captured_at = now()
      from touched t
     where k.id = t.click_id and k.ctwa_clid is null
), added as (
    insert into click (account_id, conversation_id, message_id, ctwa_clid, clicked_at)
    select account_id, conversation_id, message_id, ctwa_clid, at from touched where click_id is null
        on conflict do nothing
), active as (
    update conversation v set updated_at = now() from touched t where v.id = t.conversation_id
), recorded as (
    insert into automatic_event as e (id, account_id, message_id, event_name, event_time, ctwa_clid, value, currency,
                                      conversation_id, decision)
    select id, account_id, message_id, event_name, at, ctwa_clid, value, currency, conversation_id, decision
      from found
     where kept
     order by account_id, message_id, event_name
        on conflict (account_id, message_id, event_name) do update
       set conversation_id = coalesce(e.conversation_id, excluded.conversation_id)
    returning e.id as event_id, e.account_id, e.message_id, e.event_name, e.conversation_id, e.own_conversion_id
)
select f.row, r.event_id, coalesce(r.conversation_id, f.conversation_id) as conversation_id,
       r.own_conversion_id is not null as is_paired
  from found f
  left join recorded r using (account_id, message_id, event_name)
