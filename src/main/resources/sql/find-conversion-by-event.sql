-- What became of the first request with this dataset, event name and event id.
select * from conversion where dataset_id = :#datasetId and event_name = :#eventName and event_id = :#eventId
