-- Accounts in the order they were connected; total counts all that fit, for page numbers.
select *, count(*) over () as total
  from account
 where (:#profileId::text is null or profile_id = :#profileId)
   and (:#status::text is null or (disconnected_at is null) = (:#status = 'connected'))
 order by id
 limit :#limit offset :#offset
