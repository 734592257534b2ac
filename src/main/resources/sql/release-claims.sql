-- Gives back what was claimed and, as its process knows, never sent: it waits again, even if it was given up as unknown
-- meanwhile, unless somebody has decided about it since. A sender's claim has a name of its own; that of a request is
-- the id of the conversion, or of the contents that replace its first ones. Run again it finds nothing more, so it may be run until it has an answer.
with given as (
    select id from conversion where id = any (:#id::text[]) and coalesce(claim, replaced_by) is null
     union all
    select id from conversion where coalesce(claim, replaced_by) = any (:#id::text[]) and state = 'sending'
     union all
    select id from conversion where coalesce(claim, replaced_by) = any (:#id::text[]) and state = 'unknown'
), freed as (
    update conversion v
       set state      = 'waiting',
           due_at     = now(),
           attempts   = v.attempts - 1,
           reason     = 'It was not sent, because something failed in the server that had it; it is sent again.',
           updated_at = now()
     where v.id = any (array(select id from given))
       and coalesce(v.claim, v.replaced_by, v.id) = any (:#id::text[]) -- looked at again if somebody else has the row
       and v.state || '' in ('sending', 'unknown')
    returning v.id, coalesce(v.claim, v.replaced_by, v.id) as claim, v.state, v.reason
), told as (
    insert into history (conversion_id, event, state, reason) select id, 'given-back', state, reason from freed
)
select distinct c.row, true as is_released
  from unnest(:#id::text[]) with ordinality as c (claim, row)
  join freed using (claim)
