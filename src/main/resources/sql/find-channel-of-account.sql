-- One channel of an account.
select * from channel where id = :#id and account_id = :#accountId
