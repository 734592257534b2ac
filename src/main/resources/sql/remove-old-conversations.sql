-- Removes conversations of which nothing was recorded for longer than they are kept, with their clicks and aliases, unless
-- a conversion refers to them. A step looks at few, from where the last one ended: those that stay cost the next nothing.
with old as (
    select id, updated_at
      from conversation
     where updated_at < :#before::timestamptz
       and (:#after::timestamptz is null or (updated_at, id) > (:#after::timestamptz, :#afterId::text))
     order by updated_at, id
     limit :#limit
), free as (
    select c.id
      from conversation c
     where c.id = any (array(select id from old)) and c.updated_at < :#before::timestamptz
       and not exists (select from conversion v where v.conversation_id = c.id)
     order by c.id
       for update skip locked
), clicks as (
    delete from click where conversation_id = any (array(select id from free))
), aliases as (
    delete from contact_alias where conversation_id = any (array(select id from free))
), gone as (
    delete from conversation where id = any (array(select id from free))
), ended as (
    select updated_at, id from old order by updated_at desc, id desc limit 1
)
select (select count(*) from old)::int as seen, (select updated_at from ended) as last_at, (select id from ended) as last_id
