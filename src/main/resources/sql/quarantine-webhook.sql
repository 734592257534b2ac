-- Nothing that was signed is thrown away: a webhook that could not be used is kept whole, sealed, to be replayed. Of what is
-- not read on purpose one sample of each name is kept, and of at most 100 names; gives back the id if it was kept.
insert into quarantined_webhook (id, provider, reason, body, body_key, channel_key, sample_of)
select :#id, :#provider, :#reason, :#body, :#bodyKey, :#channelKey, s.name
  from (select :#sampleOf::text as name) s
 where s.name is null
    or (select count(*) from quarantined_webhook q where q.sample_of is not null and q.replayed_at is null) < 100
    on conflict (sample_of) where sample_of is not null and replayed_at is null do nothing
returning id
