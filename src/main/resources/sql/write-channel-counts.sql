-- Writes what this process has counted of channels so far, each total of the day over its former one, so that the same numbers
-- may be written again; what is older than 30 days goes. Rows are written in a fixed order.
with counted as (
    select c.id, n.day, n.kind, n.reason, n.count
      from unnest(:#providers::text[], :#keys::text[], :#days::date[], :#kinds::text[], :#reasons::text[], :#counts::bigint[])
           as n (provider, key, day, kind, reason, count)
      join channel c on c.provider = n.provider and c.key = n.key
), outdated as (
    delete from channel_count k where k.channel_id in (select id from counted) and k.day < current_date - 30
)
insert into channel_count as k (channel_id, day, kind, reason, writer, count)
select id, day, kind, reason, :#writer, count from counted order by id, day, kind, reason
    on conflict (channel_id, day, kind, reason, writer) do update set count = greatest(k.count, excluded.count)
