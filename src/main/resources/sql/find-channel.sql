-- The channel with this address, if its account is connected.
select c.*
  from channel c
  join account a on a.id = c.account_id and a.disconnected_at is null
 where c.provider = ? and c.key = ?
