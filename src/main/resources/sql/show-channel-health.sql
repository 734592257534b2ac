-- One channel of a connected account, with how many ad clicks it brought lately and how many of them have a click id, what else
-- it brought, and how many contacts came whose first message was withheld, as it happens with ads.
select c.*, a.waba_id, a.phone_number_id, k.clicks, k.with_click_id, k.conversations, s.suspected, s.completed, n.counts
  from channel c
  join account a on a.id = c.account_id and a.disconnected_at is null
 cross join lateral (select count(*)::int as clicks, count(ctwa_clid)::int as with_click_id,
                            count(distinct conversation_id)::int as conversations
                       from click
                      where channel_id = c.id and captured_at > now() - interval '1 day' * :#days) k
 cross join lateral (select count(*)::int as suspected,
                            (count(*) filter (where exists (select from click x where x.conversation_id = v.id)))::int as completed
                       from conversation v
                      where v.hint_channel_id = c.id and v.hint = 'suspected_ad'
                        and v.hint_at > now() - interval '1 day' * :#days) s
 cross join lateral (select json_agg(t order by t.kind, t.count desc, t.reason)::text as counts
                       from (select kind, reason, sum(count)::bigint as count
                               from channel_count
                              where channel_id = c.id and day > current_date - :#days::int
                              group by kind, reason) t) n
 where c.id = :#id
