-- Connects a number, or connects it again: the same number keeps its id, and with it its conversations and clicks.
-- :#phoneNumberId is null for a number outside Cloud API; then the WhatsApp Business Account is what stays the same.
with known as (
    select id from account
     where case when :#phoneNumberId::text is null then phone_number_id is null and waba_id = :#wabaId
                else phone_number_id = :#phoneNumberId end
), saved as (
    insert into account as a (id, profile_id, waba_id, phone_number_id, display_phone_number, verified_name, quality_rating,
                              name_status, messaging_limit_tier, dataset_id, access_token, access_token_key)
    values (coalesce((select id from known), :#id), :#profileId, :#wabaId, :#phoneNumberId, :#displayPhoneNumber,
            :#verifiedName, :#qualityRating, :#nameStatus, :#messagingLimitTier, :#datasetId, :#accessToken, :#accessTokenKey)
        on conflict (id) do update
       set profile_id           = excluded.profile_id,
           waba_id              = excluded.waba_id,
           display_phone_number = excluded.display_phone_number,
           verified_name        = excluded.verified_name,
           quality_rating       = excluded.quality_rating,
           name_status          = excluded.name_status,
           messaging_limit_tier = excluded.messaging_limit_tier,
           -- A dataset belongs to one WhatsApp Business Account; moved to another, the number needs a new one.
           dataset_id           = coalesce(excluded.dataset_id, case when a.waba_id = excluded.waba_id then a.dataset_id end),
           access_token         = excluded.access_token,
           access_token_key     = excluded.access_token_key,
           disconnected_at      = null,
           updated_at           = now()
    returning *
), channel as (
    insert into channel as c (id, account_id, provider, key)
    select :#channelId, id, 'meta', phone_number_id from saved where phone_number_id is not null
        on conflict (provider, key) do update set account_id = excluded.account_id
), resumed as (
    -- The new token may have removed what kept its destinations from being active.
    update destination set state = 'active', failures = 0, retry_at = now(), reason = null, since = now()
     where account_id = (select id from saved) and state <> 'active'
)
select * from saved
