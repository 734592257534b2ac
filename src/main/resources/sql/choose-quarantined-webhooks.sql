-- The next quarantined webhooks that a filter names, the oldest first and after those of the page before; what they hold is read
-- one by one, because one may have megabytes. A channel key that is gone has no account.
select k.id, k.provider, k.reason, k.received_at as ordered_at, k.id as ordered_id
  from quarantined_webhook k
 where (:#includeReplayed or k.replayed_at is null)
   and (:#provider::text is null or k.provider = :#provider)
   and (:#channelKey::text is null or k.channel_key = :#channelKey)
   and (:#accountId::text is null or exists (select from channel c
                                              where c.provider = k.provider and c.key = k.channel_key
                                                and c.account_id = :#accountId))
   and (:#reason::text is null or strpos(lower(k.reason), lower(:#reason)) > 0)
   and (:#since::timestamptz is null or k.received_at >= :#since::timestamptz)
   and (:#until::timestamptz is null or k.received_at < :#until::timestamptz)
   and (:#after::timestamptz is null or (k.received_at, k.id) > (:#after::timestamptz, :#afterId::text))
 order by k.received_at, k.id
 limit :#limit
