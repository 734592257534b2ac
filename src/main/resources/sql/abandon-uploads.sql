-- Uploads that broke off: what came of them is removed, and nothing was taken.
with abandoned as (
    update import
       set state = 'failed', ended_at = now(), reason = 'The upload broke off; nothing of it was taken. Send the file again.'
     where state = 'uploading' and touched_at < now() - :#timeoutMillis::bigint * interval '1 millisecond'
    returning id
)
delete from import_chunk where import_id in (select id from abandoned)
