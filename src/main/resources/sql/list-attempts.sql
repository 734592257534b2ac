-- Every call to Meta for one conversion, in order.
select * from attempt where conversion_id = :#id order by number
