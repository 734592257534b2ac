-- Gives the demo account a channel; one that has this address already, perhaps since a moment ago, stays as it is.
insert into channel (id, account_id, provider, key, secret, secret_key, config)
values (:id, :accountId, :provider, :key, :secret, :secretKey, :config)
    on conflict (provider, key) do nothing
