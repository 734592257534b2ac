-- Makes a channel. One with this address is there already: no row, unless its account was disconnected; then the number has
-- moved, and the channel with it.
insert into channel as c (id, account_id, provider, key, secret, secret_key, config)
values (:#id, :#accountId, :#provider, :#key, :#secret, :#secretKey::bigint, :#config)
    on conflict (provider, key) do update
   set id = excluded.id, account_id = excluded.account_id, secret = excluded.secret, secret_key = excluded.secret_key,
       former_secret = null, former_until = null, config = excluded.config, last_webhook_at = null, last_refusal_at = null,
       last_refusal = null, created_at = now(), updated_at = now()
 where (select a.disconnected_at from account a where a.id = c.account_id) is not null
returning *
