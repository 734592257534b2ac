-- Removes some of the keys past their life, the oldest first; what another instance removes or claims is left to it.
with removed as (
    delete from idempotency_key
     where (api_key, key) in (select api_key, key from idempotency_key
                               where created_at <= now() - :#lifeMillis::bigint * interval '1 millisecond'
                               order by created_at
                               limit :#limit
                                 for update skip locked)
    returning 1
)
select count(*) from removed
