-- What became of the first request with this dataset, event name and event id; is_counted: it was closed from the start,
-- because an event of Meta's own counts for it.
select v.*, v.state = 'closed' and exists (select from automatic_event e where e.own_conversion_id = v.id) as is_counted
  from conversion v
 where v.dataset_id = :#datasetId and v.event_name = :#eventName and v.event_id = :#eventId
