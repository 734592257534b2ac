-- Resumes all destinations of an account at once, after somebody removed the cause.
update destination
   set state = 'active', failures = 0, retry_at = now(), reason = null, since = now()
 where account_id = :#accountId and (state <> 'active' or failures > 0)
