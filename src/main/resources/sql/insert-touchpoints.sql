-- Stores the messages of new contacts and the ad clicks of a batch, each once. The first click stays first: it is the oldest row,
-- never an overwritten one. One transaction: it locks the contacts' aliases and conversations in a fixed order, so that two instances
-- wait for each other; merges the conversations that turn out to be one contact's; and only then looks for clicks, which nobody
-- else can add meanwhile. Rows may repeat each other. Answers with the conversation of each row and whether its click is new.
-- Safe to repeat.
with given as (
    select *
      from unnest(:#accountId::text[], :#candidateId::text[], :#aliases::jsonb[], :#participantId::text[],
                  :#participantName::text[], :#moved::boolean[], :#messageId::text[], :#sentAt::bigint[], :#hint::text[],
                  :#channelId::text[])
           with ordinality
           as t (account_id, candidate_id, aliases, participant_id, participant_name, moved, message_id, sent_at, hint,
                 channel_id, row)
), alias as (
    select g.row, g.account_id, g.candidate_id, x.kind, x.value,
           (select a.conversation_id from contact_alias a
             where a.account_id = g.account_id and a.kind = x.kind and a.value = x.value) as known_id
      from given g
     cross join jsonb_to_recordset(g.aliases) as x (kind text, value text)
), by_row as (
    -- Rows that share an alias get one conversation: a known one, else the oldest candidate. What a chain of more than two rows
    -- leaves apart is merged below.
    select *,
           min(known_id) over (partition by row) as known_of_row,
           min(candidate_id) over (partition by account_id, kind, value) as candidate_of_alias
      from alias
), by_alias as (
    select *,
           min(known_of_row) over (partition by account_id, kind, value) as known_of_alias,
           min(candidate_of_alias) over (partition by row) as candidate_of_row
      from by_row
), registered as (
    -- The update that changes nothing locks the row and returns what another transaction has written since this one looked.
    insert into contact_alias as a (account_id, kind, value, conversation_id)
    select account_id, kind, value, coalesce(min(known_of_alias), min(candidate_of_row))
      from by_alias
     group by account_id, kind, value
     order by account_id, kind, value
        on conflict (account_id, kind, value) do update set conversation_id = a.conversation_id
    returning account_id, kind, value, conversation_id
), found as (
    select distinct b.row, a.conversation_id from registered a join alias b using (account_id, kind, value)
), contact as (
    -- The strongest hint of an ad: a certain one, else the earliest suspicion.
    select f.conversation_id, min(g.account_id) as account_id,
           (array_agg(g.participant_id order by g.moved desc, case when g.moved then -g.row else g.row end))[1] as participant_id,
           (array_agg(g.participant_name order by g.row desc) filter (where g.participant_name is not null))[1]
               as participant_name,
           min(g.sent_at) filter (where g.message_id is not null) as first_at,
           (array_agg(g.row order by g.hint = 'suspected_ad', case when g.hint = 'suspected_ad' then g.sent_at end, g.row)
               filter (where g.hint is not null))[1] as hint_row
      from found f
      join given g using (row)
     group by f.conversation_id
)
insert into conversation as v (id, account_id, participant_id, participant_name, hint, hint_at, hint_channel_id, hint_message_id)
select c.conversation_id, c.account_id, c.participant_id, c.participant_name, h.hint,
       case when h.hint is not null then now() end, h.channel_id, h.message_id
  from contact c
  left join given h -- a suspicion says something of a first message only
         on h.row = c.hint_row and (h.hint <> 'suspected_ad' or c.first_at is null or h.sent_at <= c.first_at)
 order by c.conversation_id
    -- A suspicion is kept only of a contact who is new; a certain hint, the first one, of anybody.
    on conflict (id) do update
   set updated_at       = now(),
       participant_name = coalesce(excluded.participant_name, v.participant_name),
       hint             = case when excluded.hint <> 'suspected_ad' and coalesce(v.hint, 'suspected_ad') = 'suspected_ad'
                               then excluded.hint else v.hint end,
       hint_at          = case when excluded.hint <> 'suspected_ad' and coalesce(v.hint, 'suspected_ad') = 'suspected_ad'
                               then excluded.hint_at else v.hint_at end,
       participant_id   = coalesce((select g.participant_id from given g
                                     where g.moved and g.account_id = excluded.account_id
                                       and g.participant_id = excluded.participant_id limit 1), v.participant_id);

select merge_conversations(m.account_id, m.aliases)
  from (select g.account_id, g.aliases
          from unnest(:#accountId::text[], :#aliases::jsonb[]) with ordinality as g (account_id, aliases, row)
         cross join jsonb_to_recordset(g.aliases) as x (kind text, value text)
         cross join lateral (select (select a.conversation_id from contact_alias a
                                      where a.account_id = g.account_id and a.kind = x.kind and a.value = x.value) as id) as a
         where jsonb_array_length(g.aliases) > 1
         group by g.row, g.account_id, g.aliases
        having count(distinct a.id) > 1
         order by g.row) m;

with given as (
    select t.*,
           (select a.conversation_id from contact_alias a
             where a.account_id = t.account_id and a.kind = t.aliases -> 0 ->> 'kind'
               and a.value = t.aliases -> 0 ->> 'value') as conversation_id
      from unnest(:#accountId::text[], :#aliases::jsonb[], :#fromAd::boolean[], :#messageId::text[], :#sentAt::bigint[],
                  :#clickId::text[], :#sourceId::text[], :#sourceType::text[], :#sourceUrl::text[], :#headline::text[],
                  :#body::text[], :#mediaType::text[], :#channelId::text[], :#provider::text[], :#evidence::text[])
           with ordinality
           as t (account_id, aliases, from_ad, message_id, clicked_at, ctwa_clid, source_id, source_type, source_url, headline, body,
                 media_type, channel_id, provider, evidence, row)
), incoming as (
    select g.*,
           (select e.id from click e
             where e.conversation_id = g.conversation_id and e.ctwa_clid = g.ctwa_clid) as same_click,
           m.touch_id, m.is_known as is_known_message
      from given g
     cross join lateral (select min(e.id) filter (where e.ctwa_clid is null) as touch_id, count(*) > 0 as is_known
                           from click e
                          where e.message_id = g.message_id and e.conversation_id = g.conversation_id) as m
     where g.from_ad
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
      from (select distinct on (same_click) * from incoming
             where same_click is not null
             order by same_click, clicked_at, row) i
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
             order by touch_id, row) i
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
             order by conversation_id, ctwa_clid, case when ctwa_clid is null then message_id end, clicked_at, row) i
     order by row
    returning conversation_id, message_id, ctwa_clid
), news as (
    select distinct on (k.conversation_id, k.message_id, k.ctwa_clid) i.row
      from (select * from completed union all select * from added) k
      join incoming i on i.conversation_id = k.conversation_id and i.message_id = k.message_id
                     and i.ctwa_clid is not distinct from k.ctwa_clid
     order by k.conversation_id, k.message_id, k.ctwa_clid, i.row
)
select g.row, g.conversation_id, n.row is not null as is_new_click
  from given g
  left join news n using (row)
