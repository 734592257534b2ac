-- One channel of a connected account, with how many ad clicks it brought lately and how many of them have a click id.
select c.*, k.clicks, k.with_click_id
  from channel c
  join account a on a.id = c.account_id and a.disconnected_at is null
 cross join lateral (select count(*)::int as clicks, count(ctwa_clid)::int as with_click_id
                       from click
                      where channel_id = c.id and captured_at > now() - interval '1 day' * :#days) k
 where c.id = :#id
