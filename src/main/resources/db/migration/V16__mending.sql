-- An event that Meta refused, or that expired, can be sent again with other contents under its event id; the same contents
-- are a repetition.
alter table conversion
    add column custom_data text,                       -- further fields of Meta's custom_data, a JSON object as it was given
    add column given_time  bigint,                     -- eventTime as it was given, in Unix seconds; null: it names no time
    add column replaced_by text,                       -- the request whose contents took the place of the first one's
    add column former      jsonb;                      -- what they took the place of, and what differs
alter table history
    add column former jsonb;                           -- the same, in the row that tells of it

-- The conversation that everything by which a request names its contact leads to: null if that is several, which is_split says,
-- or if the conversation that it names by its id is not there. PostgreSQL puts its text into the statement that calls it, and
-- plans it there.
create function conversion_contact(account text, aliases jsonb) returns table (conversation_id text, is_split boolean)
    language sql stable rows 1 as $$
    select case when min(m.id) = max(m.id) and bool_and(x.kind <> 'conversation' or m.id is not null) then min(m.id) end,
           coalesce(min(m.id) <> max(m.id), false)
      from jsonb_to_recordset(aliases) as x (kind text, value text)
     cross join lateral (
        select coalesce((select c.id from conversation c
                          where x.kind = 'conversation' and c.id = x.value and c.account_id = account),
                        (select l.conversation_id from contact_alias l
                          where l.account_id = account and l.kind = x.kind and l.value = x.value)) as id
        offset 0) m -- or each of those that read it would look it up again
$$;

-- In which fields a request differs from the conversion that has its event id, by the names of the API. A request without
-- a time says nothing of it, and neither does a conversion that was accepted without one: it got that of its arrival. What an
-- account stored is not compared with another account's, and nothing else of it is told.
create function conversion_differences(stands conversion, asked conversion) returns text[] language sql stable as $$
    select case when stands.account_id <> asked.account_id then array['accountId'] else array_remove(array[
           case when coalesce(stands.conversation_id, (select w.conversation_id
                                                         from conversion_contact(stands.account_id, stands.aliases) w), '')
                  <> coalesce(asked.conversation_id, (select w.conversation_id
                                                        from conversion_contact(asked.account_id, asked.aliases) w), '')
                  or stands.conversation_id is null and asked.conversation_id is null
                 and stands.aliases is distinct from asked.aliases then 'contact' end,
           case when stands.given_time <> asked.given_time then 'eventTime' end,
           case when stands.value is distinct from asked.value then 'value' end,
           case when stands.currency is distinct from asked.currency then 'currency' end,
           case when stands.content_ids is distinct from asked.content_ids then 'contentIds' end,
           case when stands.custom_data::jsonb is distinct from asked.custom_data::jsonb then 'customData' end,
           case when stands.email_hash is distinct from asked.email_hash then 'email' end,
           case when stands.external_id_hash is distinct from asked.external_id_hash then 'externalId' end,
           case when stands.test_code is distinct from asked.test_code then 'testCode' end], null) end
$$;

-- What the history keeps of contents that others take the place of; nothing that names a person.
create function conversion_former(stands conversion, asked conversion) returns jsonb language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
           'differs', to_jsonb(conversion_differences(stands, asked)), 'state', stands.state,
           'conversationId', stands.conversation_id, 'eventTime', extract(epoch from stands.event_time)::bigint,
           'value', stands.value, 'currency', stands.currency, 'contentIds', stands.content_ids::jsonb,
           'testCode', stands.test_code))
$$;
