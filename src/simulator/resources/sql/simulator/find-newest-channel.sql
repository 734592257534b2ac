-- The channel of a provider that an account got last.
select *
  from channel
 where account_id = :accountId and provider = :provider
 order by created_at desc, id desc
 limit 1
