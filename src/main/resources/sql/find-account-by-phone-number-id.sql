-- The connected account that a Cloud API webhook is for.
select id from account where phone_number_id = ? and disconnected_at is null
