-- One channel of a connected account, with how many ad clicks it brought lately and how many of them have a click id, what else
-- it brought, how many contacts came whose first message was withheld, as it happens with ads, and how many webhooks wait in
-- quarantine. A webhook of Meta's may be of several channels and is then found by the reason that was counted.
select c.*, a.waba_id, a.phone_number_id, k.clicks, k.with_click_id, k.conversations, s.suspected, s.completed, n.counts, q.waiting
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
 cross join lateral (select count(*)::int as waiting
                       from quarantined_webhook w
                      where w.provider = c.provider and w.replayed_at is null and w.sample_of is null
                        and w.received_at > now() - interval '1 day' * :#days
                        and (w.channel_key = c.key
                             or w.channel_key is null
                                and w.reason in (select reason from channel_count
                                                  where channel_id = c.id and kind = 'quarantined'
                                                    and day > current_date - :#days::int))) q
 where c.id = :#id
