-- Remembers that a kept webhook was run again in full; it stays until its retention ends.
update kept_webhook set replayed_at = now() where id = :#id
