-- The first conversions with these datasets, event names and event ids, each beside the id of who asked.
select t.id as asked_id, c.id, c.state
  from unnest(:#id::text[], :#datasetId::text[], :#eventName::text[], :#eventId::text[])
       as t (id, dataset_id, event_name, event_id)
 cross join lateral (select * from conversion c
                      where c.dataset_id = t.dataset_id and c.event_name = t.event_name and c.event_id = t.event_id
                      limit 1) c
