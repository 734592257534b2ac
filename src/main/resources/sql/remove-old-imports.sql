-- Removes imports that ended longer ago than they are kept: first what became of their rows, then themselves, in a step so small
-- that nobody waits for it.
with old as (
    select id from import where ended_at < :#before::timestamptz order by ended_at, id limit 100
), outcomes as (
    delete from import_outcome o
     using (select import_id, line from import_outcome
             where import_id = any (array(select id from old))
             limit :#limit) d
     where o.import_id = d.import_id and o.line = d.line
    returning o.line
), gone as (
    delete from import i
     where i.id = any (array(select id from old)) and not exists (select from import_outcome o where o.import_id = i.id)
    returning i.id
)
select ((select count(*) from outcomes) + (select count(*) from gone))::int as seen, null::timestamptz as last_at,
       null::text as last_id
