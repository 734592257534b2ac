-- The account has another dataset now: what waits for the old one, which may have been the wrong one, goes to the new one. An
-- event that the new dataset already has stays where it is.
with target as (
    select id as account_id, dataset_id from account where id = :#id
), waiting as (
    select c.id, c.event_name, c.event_id, coalesce(c.test_code, '') as test_code, t.account_id, t.dataset_id
      from target t
      join destination d on d.account_id = t.account_id and d.dataset_id <> t.dataset_id
      join conversion c on c.destination = d.id
     where c.state in ('pending', 'waiting')
     union all
    select c.id, c.event_name, c.event_id, coalesce(c.test_code, ''), t.account_id, t.dataset_id
      from target t
      join conversion c on c.account_id = t.account_id and c.dataset_id <> t.dataset_id
     where c.state = 'parked'
), to_move as (
    select * from waiting w
     where not exists (select from conversion o where o.dataset_id = w.dataset_id and o.event_name = w.event_name
                                                  and o.event_id = w.event_id)
), new_destination as (
    insert into destination as d (account_id, dataset_id, test_code)
    select distinct account_id, dataset_id, test_code from to_move
        on conflict (dataset_id, account_id, test_code) do update set account_id = d.account_id
    returning d.id, d.test_code
), moved as (
    update conversion v
       set dataset_id = m.dataset_id, destination = n.id, updated_at = now(),
           due_at = case when v.state = 'parked' then v.due_at else now() end
      from to_move m
      join new_destination n using (test_code)
     where v.id = m.id and v.state in ('pending', 'waiting', 'parked')
    returning v.id, v.state
)
insert into history (conversion_id, event, state, reason)
select id, 'moved', state, 'Its account has another dataset now.' from moved
