-- Stores the messages of new contacts and the ad clicks of a batch, each once. The first click stays first: it is the oldest row,
-- never an overwritten one. One transaction: it locks the contacts' aliases and conversations in a fixed order, so that two instances
-- wait for each other; merges the conversations that turn out to be one contact's; and only then looks for clicks, which nobody
-- else can add meanwhile. Rows may repeat each other. Answers with the conversation of each row and whether its click is new.
-- Safe to repeat.
with given as (
    -- Only a message with several aliases is looked up before: of a single alias, the insert below tells the conversation.
    select t.*,
           case when jsonb_array_length(t.aliases) > 1
                then (select min(a.conversation_id)
                        from jsonb_to_recordset(t.aliases) as x (kind text, value text)
                        join contact_alias a on a.account_id = t.account_id and a.kind = x.kind and a.value = x.value)
                 end as known_id
      from unnest(:#accountId::text[], :#candidateId::text[], :#aliases::jsonb[], :#participantId::text[],
                  :#participantName::text[], :#moved::boolean[], :#messageId::text[], :#sentAt::bigint[], :#hint::text[],
                  :#channelId::text[])
           with ordinality
           as t (account_id, candidate_id, aliases, participant_id, participant_name, moved, message_id, sent_at, hint,
                 channel_id, row)
), alias as (
    select g.row, g.account_id, x.kind, x.value, g.known_id, g.candidate_id, g.moved, g.participant_name is not null as is_named,
           g.hint, g.sent_at, case when g.message_id is not null then g.sent_at end as written_at
      from given g
     cross join jsonb_to_recordset(g.aliases) as x (kind text, value text)
), registered as (
    -- An alias of several rows gets one conversation: a known one, else the oldest candidate. What rows that share only some of
    -- their aliases leave apart is merged below: that is seldom, and looking for it here would cost every batch more.
    -- The update that changes nothing locks the row and returns what another transaction has written since this one looked.
    insert into contact_alias as a (account_id, kind, value, conversation_id)
    select distinct on (account_id, kind, value) account_id, kind, value, coalesce(known_id, candidate_id)
      from alias
     order by account_id, kind, value, known_id, candidate_id
        on conflict (account_id, kind, value) do update set conversation_id = a.conversation_id
    returning account_id, kind, value, conversation_id
), found as (
    select b.*, a.conversation_id
      from alias b
      left join registered a using (account_id, kind, value) -- left: or the plan takes it for one row, and nests loops over it
), contact as (
    -- The rows that tell of each contact. The strongest hint of an ad: a certain one, else the earliest suspicion.
    select conversation_id,
           coalesce(max(row) filter (where moved), min(row)) as shown_row,
           max(row) filter (where is_named) as name_row,
           coalesce(min(row) filter (where hint <> 'suspected_ad'),
                    (min(array[sent_at, row]) filter (where hint = 'suspected_ad'))[2]) as hint_row,
           min(written_at) as first_at
      from found
     group by conversation_id
), stored as (
    insert into conversation as v (id, account_id, participant_id, participant_name, hint, hint_at, hint_channel_id,
                                   hint_message_id)
    select c.conversation_id, s.account_id, s.participant_id, n.participant_name, h.hint,
           case when h.hint is not null then now() end, h.channel_id, h.message_id
      from contact c
      left join given s on s.row = c.shown_row
      left join given n on n.row = c.name_row
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
           participant_id   = case when (excluded.account_id, excluded.participant_id)
                                        in (select account_id, participant_id from given where moved)
                                   then excluded.participant_id else v.participant_id end
)
-- Tells the next statements the conversation of each row, by a setting of this transaction, so that they need not look it up again;
-- nothing if a row has several, which are then merged, or none.
select set_config('clickthread.conversations',
                  case when bool_and(first_id = last_id) and count(*) = max(row) then string_agg(first_id, ',' order by row) end,
                  true)
  from (select row, min(conversation_id) as first_id, max(conversation_id) as last_id from found group by row) r;

select merge_conversations(g.account_id, g.aliases)
  from unnest(:#accountId::text[], :#aliases::jsonb[]) with ordinality as g (account_id, aliases, row)
 where current_setting('clickthread.conversations') = '' -- or there is nothing to merge
   and (select min(a.conversation_id) <> max(a.conversation_id)
          from jsonb_to_recordset(g.aliases) as x (kind text, value text)
          join contact_alias a on a.account_id = g.account_id and a.kind = x.kind and a.value = x.value)
 order by g.row;

with given as (
    select t.*,
           coalesce(t.found_id, (select a.conversation_id from contact_alias a
                                  where a.account_id = t.account_id and a.kind = t.aliases -> 0 ->> 'kind'
                                    and a.value = t.aliases -> 0 ->> 'value')) as conversation_id
      from unnest(:#accountId::text[], :#aliases::jsonb[], :#fromAd::boolean[], :#messageId::text[], :#sentAt::bigint[],
                  :#clickId::text[], :#sourceId::text[], :#sourceType::text[], :#sourceUrl::text[], :#headline::text[],
                  :#body::text[], :#mediaType::text[], :#channelId::text[], :#provider::text[], :#evidence::text[], :#tag::text[],
                  string_to_array(current_setting('clickthread.conversations'), ','))
           with ordinality
           as t (account_id, aliases, from_ad, message_id, clicked_at, ctwa_clid, source_id, source_type, source_url, headline, body,
                 media_type, channel_id, provider, evidence, tag, found_id, row)
), incoming as (
    select g.*,
           (select e.id from click e
             where e.conversation_id = g.conversation_id and e.ctwa_clid = g.ctwa_clid) as same_click,
           case when g.ctwa_clid is not null -- '' is a click without an id, as the index has it
                then (select e.id from click e
                       where e.message_id = g.message_id and e.conversation_id = g.conversation_id
                         and coalesce(md5(e.ctwa_clid), '') = '') end as touch_id,
           g.ctwa_clid is null and exists (
               select from click e where e.message_id = g.message_id and e.conversation_id = g.conversation_id) as is_known_message
      from given g
     where g.from_ad
), mended as (
    -- A known click comes again. Webhooks come in any order: a message of an earlier time moves the click back, and one that
    -- knows the ad tells it to a click that came with Meta's own event, which does not.
    -- The touch of the same message gets its click id; of several click ids under one message id, the first.
    update click k
       set ctwa_clid   = i.ctwa_clid,
           clicked_at  = case when i.is_known then least(k.clicked_at, to_timestamp(i.clicked_at)) else k.clicked_at end,
           source_id   = coalesce(k.source_id, i.source_id),
           source_type = coalesce(k.source_type, i.source_type),
           source_url  = coalesce(k.source_url, i.source_url),
           headline    = coalesce(k.headline, i.headline),
           body        = coalesce(k.body, i.body),
           media_type  = coalesce(k.media_type, i.media_type),
           tag         = coalesce(k.tag, i.tag),
           channel_id  = case when i.is_known then coalesce(k.channel_id, i.channel_id) else k.channel_id end,
           -- whose words the evidence is in
           provider    = case when i.is_known then coalesce(k.provider, i.provider) else i.provider end,
           evidence    = case when i.is_known then coalesce(k.evidence, case when k.provider is null then i.evidence end)
                              else i.evidence end
      from (select distinct on (coalesce(same_click, touch_id)) *, coalesce(same_click, touch_id) as click_id,
                   same_click is not null as is_known
              from incoming
             where coalesce(same_click, touch_id) is not null
             order by coalesce(same_click, touch_id), case when same_click is not null then clicked_at end, row) i
     where k.id = i.click_id
       and k.id = any (array(select coalesce(same_click, touch_id) from incoming -- none, nearly always
                              where coalesce(same_click, touch_id) is not null))
       and case when i.is_known then k.clicked_at > to_timestamp(i.clicked_at) or k.source_id is null and i.source_id is not null
                else k.ctwa_clid is null end
    returning k.conversation_id, k.message_id, k.ctwa_clid, i.is_known
), added as (
    insert into click (account_id, conversation_id, message_id, ctwa_clid, source_id, source_type, source_url,
                            headline, body, media_type, channel_id, provider, evidence, tag, clicked_at)
    select account_id, conversation_id, message_id, ctwa_clid, source_id, source_type, source_url, headline, body,
           media_type, channel_id, provider, evidence, tag, to_timestamp(clicked_at)
      from (select distinct on (conversation_id, ctwa_clid, case when ctwa_clid is null then message_id end) *
              from incoming i
             where same_click is null
               and case when ctwa_clid is null
                        then not is_known_message and not exists (
                                 select from incoming o where o.conversation_id = i.conversation_id
                                                          and o.message_id = i.message_id and o.ctwa_clid is not null)
                        else not exists (
                                 select from mended d where d.conversation_id = i.conversation_id
                                                        and d.ctwa_clid = i.ctwa_clid) end
             order by conversation_id, ctwa_clid, case when ctwa_clid is null then message_id end, clicked_at, row) i
     order by row
    returning conversation_id, message_id, ctwa_clid
), news as (
    select min(i.row) as row
      from (select conversation_id, message_id, ctwa_clid from mended where not is_known union all select * from added) k
      join incoming i on i.conversation_id = k.conversation_id and i.message_id = k.message_id
                     and i.ctwa_clid is not distinct from k.ctwa_clid
     group by k.conversation_id, k.message_id, k.ctwa_clid
)
select g.row, g.conversation_id, n.row is not null as is_new_click
  from given g
  left join news n using (row)
