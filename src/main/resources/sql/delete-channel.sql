-- Removes a channel; what it brought stays. A Cloud API number has its channel as long as it is connected.
delete from channel where id = :#id and account_id = :#accountId and provider <> 'meta' returning id
