-- One import, as far as it is.
select * from import where id = :#id
