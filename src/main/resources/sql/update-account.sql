-- Changes what was given; what was not given stays, and the two defaults can be removed.
update account
   set username         = coalesce(:#username, username),
       display_name     = coalesce(:#displayName, display_name),
       dataset_id       = coalesce(:#datasetId, dataset_id),
       automatic_events = coalesce(:#automaticEvents, automatic_events),
       default_country  = case when not coalesce(:#noCountry::boolean, false)
                               then coalesce(:#defaultCountry, default_country) end,
       timezone         = case when not coalesce(:#noTimezone::boolean, false) then coalesce(:#timezone, timezone) end,
       updated_at       = now()
 where id = :#id
returning *
