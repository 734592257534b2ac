-- Everything that happened to one conversion, in order.
select * from history where conversion_id = :#id order by id
