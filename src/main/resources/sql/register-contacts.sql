-- Gives every contact of a batch a conversation, and locks both until the transaction ends: whatever is read after this
-- statement about these contacts, nobody changes meanwhile. Aliases and conversations are locked in a fixed order, so that two
-- instances wait for each other. A contact with several rows in the answer is known under several conversations, which are to be
-- merged. The caller hands in each contact and alias once; two contacts may turn out to be one. Safe to repeat.
with contact as (
    select *
      from unnest(:#contacts::int[], :#candidates::text[], :#accounts::text[], :#participants::text[],
                  :#names::text[], :#moved::boolean[], :#hints::text[], :#hintChannels::text[], :#hintMessages::text[])
           as t (contact, candidate, account_id, participant_id, participant_name, moved, hint, hint_channel_id,
                 hint_message_id)
), handed as (
    select c.contact, c.account_id, t.kind, t.value,
           coalesce(min(a.known_id) over (partition by c.contact), c.candidate) as target_id
      from unnest(:#aliasContacts::int[], :#aliasKinds::text[], :#aliasValues::text[]) as t (contact, kind, value)
      join contact c using (contact)
     cross join lateral (select (select conversation_id from contact_alias a
                                  where a.account_id = c.account_id and a.kind = t.kind and a.value = t.value)) as a (known_id)
), registered as (
    -- The update that changes nothing locks the row and returns what another transaction has written since this one looked.
    insert into contact_alias as a (account_id, kind, value, conversation_id)
    select account_id, kind, value, target_id from handed order by account_id, kind, value
        on conflict (account_id, kind, value) do update set conversation_id = a.conversation_id
    returning account_id, kind, value, conversation_id
), found as (
    select distinct h.contact, a.conversation_id from registered a join handed h using (account_id, kind, value)
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
)
select contact, conversation_id from found order by contact, conversation_id
