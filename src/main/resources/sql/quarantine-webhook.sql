-- Nothing that was signed is thrown away: a webhook that could not be used is kept whole, sealed, to be replayed.
insert into quarantined_webhook (id, provider, reason, body, body_key, channel_key)
values (:#id, :#provider, :#reason, :#body, :#bodyKey, :#channelKey)
