-- Takes the next slice of an import under a lease, whose turn is longest ago first; of one account, one file after the other.
update import
   set lease_until = now() + :#leaseMillis::bigint * interval '1 millisecond', tries = tries + 1, touched_at = now(),
       started_at = coalesce(started_at, now())
 where id = (select i.id from import i
              where i.state = 'running' and (i.lease_until is null or i.lease_until <= now())
                and not exists (select from import e
                                 where e.account_id = i.account_id and e.state = 'running' and e.id < i.id)
              order by i.touched_at
              limit 1
                for update skip locked)
returning *
