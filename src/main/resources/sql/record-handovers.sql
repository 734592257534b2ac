-- Notes on the conversations of known contacts who controls them, by the newest handover of each; an earlier one never replaces
-- a later one, and a contact who is not known gets no conversation by it. Rows are locked in a fixed order.
with handed as (
    select distinct on (a.conversation_id) a.conversation_id, h.owner, h.is_this_app, to_timestamp(h.at) as at
      from unnest(:#accounts::text[], :#kinds::text[], :#values::text[], :#owners::text[], :#ours::boolean[], :#times::bigint[])
           with ordinality as h (account_id, kind, value, owner, is_this_app, at, position)
      join contact_alias a on a.account_id = h.account_id and a.kind = h.kind and a.value = h.value
     order by a.conversation_id, h.at desc, h.position desc
), locked as (
    select v.id from conversation v where v.id in (select conversation_id from handed) order by v.id for update
)
update conversation v
   set controller = h.owner, controlled_by_app = h.is_this_app, controlled_at = h.at
  from handed h
  join locked l on l.id = h.conversation_id
 where v.id = l.id and (v.controlled_at is null or v.controlled_at <= h.at)
