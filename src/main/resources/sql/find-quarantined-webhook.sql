-- One quarantined webhook with its sealed body.
select id, provider, channel_key, reason, body from quarantined_webhook where id = :#id
