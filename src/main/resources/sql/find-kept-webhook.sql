-- One kept webhook with its sealed body.
select id, provider, reason, body from kept_webhook where id = :#id
