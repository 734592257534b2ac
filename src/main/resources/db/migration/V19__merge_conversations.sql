-- Joins the conversations that one contact is known under: everything moves to the oldest, no click is lost or doubled, and the ids
-- merged away go on working as aliases. A function, because a batch merges contact by contact: each of its statements sees what
-- the one before has changed. It locks the conversations in a fixed order until the transaction ends, so that no click, alias or
-- conversion is added to one of them before they are merged. Idempotent.
create function merge_conversations(of_account text, of_aliases jsonb) returns void language plpgsql as $$
begin
    perform from conversation v
      where v.id in (select a.conversation_id
                       from jsonb_to_recordset(of_aliases) as x (kind text, value text)
                       join contact_alias a on a.account_id = of_account and a.kind = x.kind and a.value = x.value)
      order by v.id
        for update;

    with family as (
        select distinct a.conversation_id as id, a.account_id
          from jsonb_to_recordset(of_aliases) as x (kind text, value text)
          join contact_alias a on a.account_id = of_account and a.kind = x.kind and a.value = x.value
    ), winner as (
        select min(id) as id from family
    ), loser as (
        select f.id, f.account_id from family f, winner w where f.id <> w.id
    ), ledger as (
        -- A click that several of them had stays once, with the earliest time. So does the touch of one message, unless another of
        -- them had the click id of that message.
        select k.id,
               row_number() over (same order by k.conversation_id, k.id) as place,
               min(k.clicked_at) over same as clicked_at,
               k.ctwa_clid is null and bool_or(k.ctwa_clid is not null) over (partition by k.message_id) as is_completed
          from click k
          join family f on f.id = k.conversation_id
        window same as (partition by k.ctwa_clid, case when k.ctwa_clid is null then k.message_id end)
    ), doubled as (
        delete from click k using ledger g where k.id = g.id and (g.place > 1 or g.is_completed)
    ), clicks as (
        update click k set conversation_id = w.id, clicked_at = g.clicked_at
          from ledger g, winner w
         where k.id = g.id and g.place = 1 and not g.is_completed
           and (k.conversation_id, k.clicked_at) is distinct from (w.id, g.clicked_at)
    ), conversions as (
        update conversion v set conversation_id = w.id from loser l, winner w where v.conversation_id = l.id
    ), aliases as (
        update contact_alias a set conversation_id = w.id from loser l, winner w where a.conversation_id = l.id
    ), events as (
        update automatic_event e set conversation_id = w.id from loser l, winner w where e.conversation_id = l.id
    ), signs as (
        -- The earliest sign of an ad, a certain one before a suspicion, and who controls the conversation by the newest handover.
        -- A suspicion says something of a contact who is new, so it stays only where the conversation began with it.
        update conversation v
           set hint = h.hint, hint_at = h.hint_at, hint_channel_id = h.hint_channel_id, hint_message_id = h.hint_message_id,
               controller = k.controller, controlled_by_app = k.controlled_by_app, controlled_at = k.controlled_at
          from winner w
          left join lateral (select c.* from conversation c join family f on f.id = c.id
                              where c.hint <> 'suspected_ad' or c.hint is not null and c.id = w.id
                              order by c.hint = 'suspected_ad', c.hint_at, c.id limit 1) h on true
          left join lateral (select c.* from conversation c join family f on f.id = c.id
                              where c.controlled_at is not null
                              order by c.controlled_at desc, c.id limit 1) k on true
         where v.id = w.id
           and (v.hint_at, v.controlled_at) is distinct from (h.hint_at, k.controlled_at)
    ), former as (
        insert into contact_alias (account_id, kind, value, conversation_id)
        select l.account_id, 'conversation', l.id, w.id from loser l, winner w
            on conflict do nothing -- merged before, and made anew by a writer that looked before
    )
    delete from conversation v using loser l where v.id = l.id;
end
$$;
