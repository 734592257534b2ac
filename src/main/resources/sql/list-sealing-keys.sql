-- Names the keys that seal what is stored and in use, with one thing that each of them seals, so that a start without one of
-- them is refused. Of what there may be a lot of, only the oldest and the newest is looked at; the first byte is Tink's.
select 'the access token of account ' || min(id) as sealed, access_token_key as key
from account where disconnected_at is null group by access_token_key
union all
select 'the secret of channel ' || min(channel.id), secret_key
from channel join account on account.id = channel.account_id and disconnected_at is null
where secret is not null group by secret_key
union all
select 'the former secret of channel ' || min(id), ('x' || encode(substring(former_secret from 2 for 4), 'hex'))::bit(32)::bigint
from channel where former_until > now() and former_secret is not null
group by substring(former_secret from 2 for 4)
union all
(select 'the quarantined webhook ' || id, body_key from quarantined_webhook order by received_at, id limit 1)
union all
(select 'the quarantined webhook ' || id, body_key from quarantined_webhook order by received_at desc, id desc limit 1)
union all
(select 'the import ' || import_id, ('x' || encode(substring(body from 2 for 4), 'hex'))::bit(32)::bigint
 from import_chunk order by import_id, start_at limit 1)
union all
(select 'the import ' || import_id, ('x' || encode(substring(body from 2 for 4), 'hex'))::bit(32)::bigint
 from import_chunk order by import_id desc, start_at desc limit 1)
