-- Lists an account's destinations, each with its state and the number of conversions queued for it.
select d.dataset_id, d.test_code, d.state, d.reason, d.since, case when d.state <> 'active' then d.retry_at end as retry_at,
       (select count(*) from conversion c where c.destination = d.id and c.state in ('pending', 'waiting')) as queued,
       (select min(c.created_at) from conversion c
         where c.destination = d.id and c.state in ('pending', 'waiting')) as oldest
  from destination d
 where d.account_id = :#accountId
 order by d.dataset_id, d.test_code
