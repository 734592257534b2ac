-- Connects the account of the first run. On the next start its row stays as it is, but it is connected again and its
-- token sealed with the key of today.
with channel as (
    insert into channel (id, account_id, provider, key) select :channelId, :id, 'meta', :phoneNumberId
        on conflict (provider, key) do nothing
)
insert into account as a (id, profile_id, waba_id, phone_number_id, display_phone_number, verified_name, quality_rating,
                          name_status, messaging_limit_tier, dataset_id, access_token, access_token_key)
values (:id, 'default', :wabaId, :phoneNumberId, :displayPhoneNumber, :verifiedName, 'GREEN', 'APPROVED', 'TIER_1K',
        :datasetId, :accessToken, :accessTokenKey)
    on conflict (id) do update
   set access_token     = excluded.access_token,
       access_token_key = excluded.access_token_key,
       disconnected_at  = null
