-- Asks for the end of an import; the slice that is being read ends first. No row: there is none, or it has ended.
update import
   set cancelled_at = coalesce(cancelled_at, now())
 where id = :#id and state = 'running'
returning *
