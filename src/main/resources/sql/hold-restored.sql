-- In a database that was restored or copied, or is said to have been, what had not come to an end may have been sent since by
-- the one before it: it is held as unknown, a part at a time, until an instance has written that it is done. Parameters: the
-- newest acceptance, the setting or null twice, and the reason.
with doubtful as (
    select id
      from conversion
     where state in ('parked', 'pending', 'sending', 'waiting')
       and created_at <= ?
       and exists (select from installation
                    where identity <> database_identity()
                       or ?::timestamptz is not null and restored_at is distinct from ?::timestamptz)
     order by id
     limit 10000
       for update
), changed as (
    update conversion v
       set state = 'unknown', reason = ?, updated_at = now()
      from doubtful d
     where v.id = d.id
    returning v.id, v.reason
)
insert into history (conversion_id, event, state, reason) select id, 'restored', 'unknown', reason from changed
