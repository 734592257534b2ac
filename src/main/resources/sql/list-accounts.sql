-- Accounts in the order they were connected; total counts all that fit, for page numbers, also on a page behind the
-- last one, which is one row of nulls.
with fitting as (
    select *
      from account
     where (:#profileId::text is null or profile_id = :#profileId)
       and (:#status::text is null or (disconnected_at is null) = (:#status = 'connected'))
)
select a.*, t.total
  from (select count(*) as total from fitting) as t
  left join (select * from fitting order by id limit :#limit offset :#offset) as a on true
 order by a.id
