-- Resets a destination to active, because a call that began in this state of it was judged by Meta.
update destination
   set state = 'active', failures = 0, retry_at = now(), reason = null,
       since = case when state = 'active' then since else now() end
 where id = :#destination and state = :#stateBefore
