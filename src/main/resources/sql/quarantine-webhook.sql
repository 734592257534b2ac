-- Nothing that was signed is thrown away: a webhook that could not be used is kept whole, sealed, to be replayed. The same one
-- again is counted. Of what is not read on purpose one sample of each name is kept, and of at most 100 names; gives back the id
-- if it was kept.
with known as (
    update quarantined_webhook set repeats = repeats + 1 where body_hash = :#bodyHash and replayed_at is null
    returning id
)
insert into quarantined_webhook (id, provider, reason, body, body_key, channel_key, sample_of, body_hash)
select :#id, :#provider, :#reason, :#body, :#bodyKey, :#channelKey, s.name, :#bodyHash
  from (select :#sampleOf::text as name) s
 where not exists (select from known)
   and (s.name is null
        or (select count(*) from quarantined_webhook q where q.sample_of is not null and q.replayed_at is null) < 100)
    on conflict do nothing
returning id
