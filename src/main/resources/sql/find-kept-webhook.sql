-- One kept webhook with its sealed body.
select id, provider, channel_key, reason, body from kept_webhook where id = :#id
