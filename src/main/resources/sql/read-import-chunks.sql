-- The piece of the file that holds the position, and the one behind it: more than the longest record.
select start_at, body
  from import_chunk
 where import_id = :#id
   and start_at >= (select max(start_at) from import_chunk where import_id = :#id and start_at <= :#position)
 order by start_at
 limit 2
