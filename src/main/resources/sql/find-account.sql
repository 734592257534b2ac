-- One account, connected or not, with its sealed token.
select * from account where id = ?
