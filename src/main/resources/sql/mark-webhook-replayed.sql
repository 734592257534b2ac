-- Remembers that a quarantined webhook was run again in full; it stays until its retention ends.
update quarantined_webhook set replayed_at = now() where id = :#id
