-- Keeps a batch of sightings: every contact gets one conversation, every click is kept once, the first click stays
-- first (it is the oldest row, never an overwritten one). Safe to repeat and to run from several instances at once.
-- The caller hands in each contact, alias, message id and click id once.
with contact as (
    select *
      from unnest(:#contacts::int[], :#candidates::text[], :#accounts::text[], :#participants::text[],
                  :#names::text[], :#moved::boolean[], :#hints::text[])
           as t (contact, candidate, account_id, participant_id, participant_name, moved, hint)
), handed as (
    select c.contact, c.account_id, t.kind, t.value, a.known_id,
           coalesce(min(a.known_id) over (partition by c.contact), c.candidate) as target_id
      from unnest(:#aliasContacts::int[], :#aliasKinds::text[], :#aliasValues::text[]) as t (contact, kind, value)
      join contact c using (contact)
     cross join lateral (select (select conversation_id from contact_alias a
                                  where a.account_id = c.account_id and a.kind = t.kind and a.value = t.value)) as a (known_id)
), added as (
    -- The update that changes nothing returns the row of whoever was faster, which this statement's snapshot cannot see.
    insert into contact_alias as a (account_id, kind, value, conversation_id)
    select account_id, kind, value, target_id from handed where known_id is null order by account_id, kind, value
        on conflict (account_id, kind, value) do update set conversation_id = a.conversation_id
    returning account_id, kind, value, conversation_id
), found as (
    select contact, known_id as conversation_id from handed where known_id is not null
     union all
    select h.contact, a.conversation_id from added a join handed h using (account_id, kind, value)
), resolved as (
    select contact, min(conversation_id) as conversation_id, count(distinct conversation_id) as spread
      from found
     group by contact
), conversations as (
    insert into conversation as v (id, account_id, participant_id, participant_name, hint, hint_at)
    select distinct on (f.conversation_id) f.conversation_id, c.account_id, c.participant_id, c.participant_name, c.hint,
           case when c.hint is not null then now() end
      from found f
      join contact c using (contact)
     order by f.conversation_id, c.hint
        on conflict (id) do update
       set updated_at       = now(),
           participant_name = coalesce(excluded.participant_name, v.participant_name),
           hint             = coalesce(v.hint, excluded.hint),
           hint_at          = coalesce(v.hint_at, excluded.hint_at),
           participant_id   = coalesce((select c.participant_id from contact c
                                         where c.moved and c.account_id = excluded.account_id
                                           and c.participant_id = excluded.participant_id limit 1), v.participant_id)
), incoming as (
    select c.account_id, r.conversation_id, i.*,
           (select e.id from click e
             where e.conversation_id = r.conversation_id and e.ctwa_clid = i.ctwa_clid) as same_click
      from unnest(:#clickContacts::int[], :#messageIds::text[], :#clickIds::text[], :#sourceIds::text[],
                  :#sourceTypes::text[], :#sourceUrls::text[], :#headlines::text[], :#bodies::text[],
                  :#mediaTypes::text[], :#channelIds::text[], :#providers::text[], :#evidence::text[],
                  :#clickedAt::bigint[])
           with ordinality
           as i (contact, message_id, ctwa_clid, source_id, source_type, source_url, headline, body, media_type,
                 channel_id, provider, evidence, clicked_at, position)
      join resolved r using (contact)
      join contact c using (contact)
), earlier as (
    -- A known click that a message of an earlier time brings again: webhooks come in any order.
    update click k set clicked_at = to_timestamp(i.clicked_at)
      from incoming i
     where k.id = i.same_click
       and k.id = any (array(select same_click from incoming where same_click is not null)) -- none, nearly always
       and k.clicked_at > to_timestamp(i.clicked_at)
), kept as (
    insert into click as k (account_id, conversation_id, message_id, ctwa_clid, source_id, source_type, source_url,
                            headline, body, media_type, channel_id, provider, evidence, clicked_at)
    select account_id, conversation_id, message_id, ctwa_clid, source_id, source_type, source_url, headline, body,
           media_type, channel_id, provider, evidence, to_timestamp(clicked_at)
      from incoming
     where same_click is null
     order by position
        on conflict (account_id, message_id) do update
       set ctwa_clid   = excluded.ctwa_clid,
           source_id   = coalesce(k.source_id, excluded.source_id),
           source_type = coalesce(k.source_type, excluded.source_type),
           source_url  = coalesce(k.source_url, excluded.source_url),
           headline    = coalesce(k.headline, excluded.headline),
           body        = coalesce(k.body, excluded.body),
           media_type  = coalesce(k.media_type, excluded.media_type),
           provider    = excluded.provider,  -- whose words the evidence is in
           evidence    = excluded.evidence
     where k.ctwa_clid is null and excluded.ctwa_clid is not null
    returning conversation_id, message_id
)
select r.contact, r.conversation_id, r.spread, k.message_id
  from resolved r
  left join kept k using (conversation_id)
