-- Changes what was given; what was not given stays.
update account
   set username         = coalesce(:#username, username),
       display_name     = coalesce(:#displayName, display_name),
       dataset_id       = coalesce(:#datasetId, dataset_id),
       automatic_events = coalesce(:#automaticEvents, automatic_events),
       default_country  = coalesce(:#defaultCountry, default_country),
       timezone         = coalesce(:#timezone, timezone),
       updated_at       = now()
 where id = :#id
returning *
