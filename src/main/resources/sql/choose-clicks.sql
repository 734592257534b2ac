-- The next clicks with stored words that a filter names, in the order of their arrival and after those of the page before.
select k.*, to_timestamp(0) as ordered_at, lpad(to_hex(k.id), 24, '0') as ordered_id
  from click k
 where k.evidence is not null
   and (:#provider::text is null or k.provider = :#provider)
   and (:#accountId::text is null or k.account_id = :#accountId)
   and (:#since::timestamptz is null or k.captured_at >= :#since::timestamptz)
   and (:#until::timestamptz is null or k.captured_at < :#until::timestamptz)
   and (:#afterId::text is null or k.id > ('x' || right(:#afterId::text, 16))::bit(64)::bigint)
 order by k.id
 limit :#limit
