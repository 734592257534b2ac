-- The same webhook that comes again, as providers repeat what they have sent, is in quarantine once until it is replayed.
alter table quarantined_webhook
    add column body_hash bytea,                        -- SHA-256 of provider, channel and body; null before this column
    add column repeats   int not null default 0;       -- how often it came again
create unique index quarantined_once on quarantined_webhook (body_hash) where replayed_at is null;

-- The health of a channel counts what waits in quarantine to be replayed.
create index quarantined_waiting on quarantined_webhook (provider, channel_key, received_at)
    where replayed_at is null and sample_of is null;
