-- Stops taking webhooks and conversions for a number; what was captured stays, and connecting again finds it.
update account set disconnected_at = now(), updated_at = now() where id = :#id and disconnected_at is null returning id
