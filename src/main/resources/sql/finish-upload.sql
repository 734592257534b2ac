-- The upload is whole: from here on any instance may read it. Unless it was given up as abandoned meanwhile.
update import i
   set state = 'running', bytes = :#bytes, sha256 = :#sha256, position = :#position, line = :#line,
       dialect = :#dialect, touched_at = now(),
       same_as = (select o.id from import o
                   where o.account_id = i.account_id and o.sha256 = :#sha256 and not o.dry_run
                     and o.state in ('running', 'done')
                   order by o.created_at, o.id limit 1)
 where id = :#id and state = 'uploading'
returning *
