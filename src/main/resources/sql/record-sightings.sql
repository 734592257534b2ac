-- Keeps a batch of sightings: every contact gets one conversation, every click is kept once, the first click stays
-- first (it is the oldest row, never an overwritten one). Safe to repeat and to run from several instances at once.
-- The caller hands in each contact and alias once, and of each contact each click id and each touch once; two contacts may
-- turn out to be one.
with contact as (
    select *
      from unnest(:#contacts::int[], :#candidates::text[], :#accounts::text[], :#participants::text[],
                  :#names::text[], :#moved::boolean[], :#hints::text[], :#hintChannels::text[], :#hintMessages::text[])
           as t (contact, candidate, account_id, participant_id, participant_name, moved, hint, hint_channel_id,
                 hint_message_id)
), handed as (
    select c.contact, c.account_id, t.kind, t.value, a.known_id,
           coalesce(min(a.known_id) over (partition by c.contact), c.candidate) as target_id
      from unnest(:#aliasContacts::int[], :#aliasKinds::text[], :#aliasValues::text[]) as t (contact, kind, value)
      join contact c using (contact)
     cross join lateral (select (select conversation_id from contact_alias a
                                  where a.account_id = c.account_id and a.kind = t.kind and a.value = t.value)) as a (known_id)
), registered as (
    -- The update that changes nothing returns the row of whoever was faster, which this statement's snapshot cannot see.
    insert into contact_alias as a (account_id, kind, value, conversation_id)
    select account_id, kind, value, target_id from handed where known_id is null order by account_id, kind, value
        on conflict (account_id, kind, value) do update set conversation_id = a.conversation_id
    returning account_id, kind, value, conversation_id
), found as (
    select contact, known_id as conversation_id from handed where known_id is not null
     union all
    select h.contact, a.conversation_id from registered a join handed h using (account_id, kind, value)
), resolved as (
    select contact, min(conversation_id) as conversation_id, count(distinct conversation_id) as spread
      from found
     group by contact
), conversations as (
    -- A suspicion is kept only of a contact who is new; a certain hint, the first one, of anybody.
    insert into conversation as v (id, account_id, participant_id, participant_name, hint, hint_at, hint_channel_id,
                                   hint_message_id)
    select distinct on (f.conversation_id) f.conversation_id, c.account_id, c.participant_id, c.participant_name, c.hint,
           case when c.hint is not null then now() end, c.hint_channel_id, c.hint_message_id
      from found f
      join contact c using (contact)
     order by f.conversation_id, c.hint
        on conflict (id) do update
       set updated_at       = now(),
           participant_name = coalesce(excluded.participant_name, v.participant_name),
           hint             = case when excluded.hint <> 'suspected_ad' and coalesce(v.hint, 'suspected_ad') = 'suspected_ad'
                                   then excluded.hint else v.hint end,
           hint_at          = case when excluded.hint <> 'suspected_ad' and coalesce(v.hint, 'suspected_ad') = 'suspected_ad'
                                   then excluded.hint_at else v.hint_at end,
           participant_id   = coalesce((select c.participant_id from contact c
                                         where c.moved and c.account_id = excluded.account_id
                                           and c.participant_id = excluded.participant_id limit 1), v.participant_id)
), incoming as (
    select c.account_id, r.conversation_id, i.*,
           (select e.id from click e
             where e.conversation_id = r.conversation_id and e.ctwa_clid = i.ctwa_clid) as same_click,
           m.touch_id, m.is_known as is_known_message
      from unnest(:#clickContacts::int[], :#messageIds::text[], :#clickIds::text[], :#sourceIds::text[],
                  :#sourceTypes::text[], :#sourceUrls::text[], :#headlines::text[], :#bodies::text[],
                  :#mediaTypes::text[], :#channelIds::text[], :#providers::text[], :#evidence::text[],
                  :#clickedAt::bigint[])
           with ordinality
           as i (contact, message_id, ctwa_clid, source_id, source_type, source_url, headline, body, media_type,
                 channel_id, provider, evidence, clicked_at, position)
      join resolved r using (contact)
      join contact c using (contact)
     cross join lateral (select min(e.id) filter (where e.ctwa_clid is null) as touch_id, count(*) > 0 as is_known
                           from click e
                          where e.message_id = i.message_id and e.conversation_id = r.conversation_id) as m
), known as (
    -- A known click comes again. Webhooks come in any order: a message of an earlier time moves the click back, and one that
    -- knows the ad tells it to a click that came with Meta's own event, which does not.
    update click k
       set clicked_at  = least(k.clicked_at, to_timestamp(i.clicked_at)),
           source_id   = coalesce(k.source_id, i.source_id),
           source_type = coalesce(k.source_type, i.source_type),
           source_url  = coalesce(k.source_url, i.source_url),
           headline    = coalesce(k.headline, i.headline),
           body        = coalesce(k.body, i.body),
           media_type  = coalesce(k.media_type, i.media_type),
           channel_id  = coalesce(k.channel_id, i.channel_id),
           provider    = coalesce(k.provider, i.provider),
           evidence    = coalesce(k.evidence, case when k.provider is null then i.evidence end)
      from incoming i
     where k.id = i.same_click
       and k.id = any (array(select same_click from incoming where same_click is not null)) -- none, nearly always
       and (k.clicked_at > to_timestamp(i.clicked_at) or k.source_id is null and i.source_id is not null)
), completed as (
    -- The touch of the same message gets its click id; of several click ids under one message id, the first.
    update click k
       set ctwa_clid   = i.ctwa_clid,
           source_id   = coalesce(k.source_id, i.source_id),
           source_type = coalesce(k.source_type, i.source_type),
           source_url  = coalesce(k.source_url, i.source_url),
           headline    = coalesce(k.headline, i.headline),
           body        = coalesce(k.body, i.body),
           media_type  = coalesce(k.media_type, i.media_type),
           provider    = i.provider,         -- whose words the evidence is in
           evidence    = i.evidence
      from (select distinct on (touch_id) * from incoming
             where touch_id is not null and ctwa_clid is not null and same_click is null
             order by touch_id, position) i
     where k.id = i.touch_id
       and k.id = any (array(select touch_id from incoming where touch_id is not null)) -- none, nearly always
       and k.ctwa_clid is null
    returning k.conversation_id, k.message_id, k.ctwa_clid, true as is_new
), added as (
    -- Two that add one click of one message at once add it once, with the earlier time. Two that add one click of different
    -- messages do not: one of them fails and is written again.
    insert into click as k (account_id, conversation_id, message_id, ctwa_clid, source_id, source_type, source_url,
                            headline, body, media_type, channel_id, provider, evidence, clicked_at)
    select account_id, conversation_id, message_id, ctwa_clid, source_id, source_type, source_url, headline, body,
           media_type, channel_id, provider, evidence, to_timestamp(clicked_at)
      from (select distinct on (conversation_id, ctwa_clid, case when ctwa_clid is null then message_id end) *
              from incoming i
             where same_click is null
               and case when ctwa_clid is null
                        then not is_known_message and not exists (
                                 select from incoming o where o.conversation_id = i.conversation_id
                                                          and o.message_id = i.message_id and o.ctwa_clid is not null)
                        else not exists (
                                 select from completed d where d.conversation_id = i.conversation_id
                                                           and d.ctwa_clid = i.ctwa_clid) end
             order by conversation_id, ctwa_clid, case when ctwa_clid is null then message_id end, clicked_at) i
     order by position
        on conflict (message_id, conversation_id, coalesce(md5(ctwa_clid), '')) do update
       set clicked_at = excluded.clicked_at
     where k.clicked_at > excluded.clicked_at
    returning conversation_id, message_id, ctwa_clid, xmax = 0 as is_new
)
select r.contact, r.conversation_id, r.spread, k.message_id, k.ctwa_clid
  from resolved r
  left join (select * from completed union all select * from added) k
    on k.conversation_id = r.conversation_id and k.is_new
