-- An account's channels, the oldest first.
select * from channel where account_id = :#accountId order by created_at, id
