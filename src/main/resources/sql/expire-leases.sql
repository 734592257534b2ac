-- A lease that ran out: the sender died, and its request may have left. Meta would count a second one, so by default
-- the conversion is held as unknown; only the setting `resend` makes it due again.
update conversion
   set state      = :#state,
       due_at     = case when :#state = 'waiting' then now() end,
       reason     = 'The sender stopped while the request may have been on its way; whether Meta counted it is not known.',
       updated_at = now()
 where state = 'sending' and due_at < now()
