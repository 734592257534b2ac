-- Opens an account's lanes at once: somebody has put right what closed them.
update lane
   set state = 'open', failures = 0, opens_at = now(), reason = null, since = now()
 where account_id = :#accountId and (state <> 'open' or failures > 0)
