-- Changes what was given; what was not given stays. The secret that is replaced stays good for the overlap.
update channel
   set former_secret = case when :#secret::bytea is null then former_secret else secret end,
       former_until  = case when :#secret::bytea is null then former_until
                            else now() + interval '1 millisecond' * :#overlapMillis end,
       secret        = coalesce(:#secret::bytea, secret),
       secret_key    = coalesce(:#secretKey::bigint, secret_key),
       config        = coalesce(:#config::text, config),
       updated_at    = now()
 where id = :#id and account_id = :#accountId
returning *
