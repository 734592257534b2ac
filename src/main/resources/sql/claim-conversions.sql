-- Takes due conversions, oldest first, under a lease; rows that another worker holds are skipped, so no two send one.
update conversion
   set state = 'sending', attempts = attempts + 1, updated_at = now(),
       due_at = now() + :#leaseMillis::bigint * interval '1 millisecond'
 where id in (select id from conversion
               where state in ('pending', 'waiting') and due_at <= now()
               order by due_at, id
               limit :#limit
                 for update skip locked)
returning *
