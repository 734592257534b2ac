-- Keeps the next piece of an upload, and that the upload is alive.
with kept as (
    insert into import_chunk (import_id, start_at, body) values (:#id, :#startAt, :#body)
)
update import set bytes = :#bytes, touched_at = now() where id = :#id
