-- Keeps a batch of sightings: every contact gets one conversation, every click is kept once, the first click stays
-- first (it is the oldest row, never an overwritten one). Safe to repeat and to run from several instances at once.
-- The caller hands in each contact, alias, message id and click id once.
with contact as (
    select *
      from unnest(:#contacts::int[], :#candidates::text[], :#accounts::text[], :#participants::text[],
                  :#names::text[], :#moved::boolean[])
           as t (contact, candidate, account_id, participant_id, participant_name, moved)
), handed as (
    select c.contact, c.candidate, c.account_id, t.kind, t.value
      from unnest(:#aliasContacts::int[], :#aliasKinds::text[], :#aliasValues::text[]) as t (contact, kind, value)
      join contact c using (contact)
), known as (
    select h.contact, h.kind, h.value, a.conversation_id
      from handed h
      join contact_alias a using (account_id, kind, value)
), target as (
    select contact, min(conversation_id) as conversation_id from known group by contact
), added as (
    -- The update that changes nothing returns the row of whoever was faster, which this statement's snapshot cannot see.
    insert into contact_alias as a (account_id, kind, value, conversation_id)
    select h.account_id, h.kind, h.value, coalesce(t.conversation_id, h.candidate)
      from handed h
      left join target t using (contact)
     where not exists (select from known k where k.contact = h.contact and k.kind = h.kind and k.value = h.value)
     order by h.account_id, h.kind, h.value
        on conflict (account_id, kind, value) do update set conversation_id = a.conversation_id
    returning account_id, kind, value, conversation_id
), resolved as (
    select contact, min(conversation_id) as conversation_id, count(distinct conversation_id) as spread
      from (select contact, conversation_id from known
             union all
            select h.contact, a.conversation_id
              from added a
              join handed h using (account_id, kind, value)) as found
     group by contact
), conversations as (
    insert into conversation as v (id, account_id, participant_id, participant_name)
    select distinct on (f.conversation_id) f.conversation_id, c.account_id, c.participant_id, c.participant_name
      from (select contact, conversation_id from resolved
             union
            select h.contact, a.conversation_id
              from added a
              join handed h using (account_id, kind, value)) as f
      join contact c using (contact)
     order by f.conversation_id
        on conflict (id) do update
       set updated_at       = now(),
           participant_name = coalesce(excluded.participant_name, v.participant_name),
           participant_id   = coalesce((select c.participant_id from contact c
                                         where c.moved and c.account_id = excluded.account_id
                                           and c.participant_id = excluded.participant_id limit 1), v.participant_id)
), incoming as (
    select c.account_id, r.conversation_id, i.*
      from unnest(:#clickContacts::int[], :#messageIds::text[], :#clickIds::text[], :#sourceIds::text[],
                  :#sourceTypes::text[], :#sourceUrls::text[], :#headlines::text[], :#bodies::text[],
                  :#mediaTypes::text[], :#clickedAt::bigint[])
           with ordinality
           as i (contact, message_id, ctwa_clid, source_id, source_type, source_url, headline, body, media_type,
                 clicked_at, position)
      join resolved r using (contact)
      join contact c using (contact)
), earlier as (
    -- A known click that a message of an earlier time brings again: webhooks come in any order.
    update click k set clicked_at = to_timestamp(i.clicked_at)
      from incoming i
     where k.conversation_id = i.conversation_id and k.ctwa_clid = i.ctwa_clid
       and k.clicked_at > to_timestamp(i.clicked_at)
), kept as (
    insert into click as k (account_id, conversation_id, message_id, ctwa_clid, source_id, source_type, source_url,
                            headline, body, media_type, clicked_at)
    select i.account_id, i.conversation_id, i.message_id, i.ctwa_clid, i.source_id, i.source_type, i.source_url,
           i.headline, i.body, i.media_type, to_timestamp(i.clicked_at)
      from incoming i
     where not exists (select from click e
                        where e.conversation_id = i.conversation_id
                          and e.ctwa_clid = i.ctwa_clid)
     order by i.position
        on conflict (account_id, message_id) do update
       set ctwa_clid   = excluded.ctwa_clid,
           source_id   = coalesce(k.source_id, excluded.source_id),
           source_type = coalesce(k.source_type, excluded.source_type),
           source_url  = coalesce(k.source_url, excluded.source_url),
           headline    = coalesce(k.headline, excluded.headline),
           body        = coalesce(k.body, excluded.body),
           media_type  = coalesce(k.media_type, excluded.media_type)
     where k.ctwa_clid is null and excluded.ctwa_clid is not null
    returning conversation_id, message_id
)
select r.contact, r.conversation_id, r.spread, k.message_id
  from resolved r
  left join kept k using (conversation_id)
