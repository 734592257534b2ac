-- A call that began in this state of the lane was judged by Meta, so the lane works (again).
update lane
   set state = 'open', failures = 0, opens_at = now(), reason = null,
       since = case when state = 'open' then since else now() end
 where id = :#lane and state = :#began
