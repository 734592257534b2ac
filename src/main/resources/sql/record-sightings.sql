-- Keeps every click of a batch once; the first click stays first (it is the oldest row, never an overwritten one). It runs in the
-- transaction of register-contacts.sql, which holds the conversations: nobody else writes a click of them meanwhile, and all that
-- was written before is seen. Of each contact the caller hands in each click id and each touch once; two contacts may be one.
-- Answers with the clicks that are new. Safe to repeat.
with resolved as (
    select *
      from unnest(:#contacts::int[], :#accounts::text[], :#conversations::text[]) as t (contact, account_id, conversation_id)
), incoming as (
    select r.account_id, r.conversation_id, i.*,
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
    returning k.conversation_id, k.message_id, k.ctwa_clid
), added as (
    insert into click (account_id, conversation_id, message_id, ctwa_clid, source_id, source_type, source_url,
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
    returning conversation_id, message_id, ctwa_clid
)
select r.contact, k.conversation_id, k.message_id, k.ctwa_clid
  from (select * from completed union all select * from added) k
  join resolved r using (conversation_id)
