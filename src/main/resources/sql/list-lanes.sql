-- How delivery stands for an account: each lane, with what waits in it and what needs a decision.
select l.dataset_id, l.test_code, l.state, l.reason, l.since, case when l.state <> 'open' then l.opens_at end as opens_at,
       (select count(*) from conversion c where c.lane = l.id and c.state in ('pending', 'waiting')) as queued,
       (select min(c.created_at) from conversion c where c.lane = l.id and c.state in ('pending', 'waiting')) as oldest
  from lane l
 where l.account_id = :#accountId
 order by l.dataset_id, l.test_code
