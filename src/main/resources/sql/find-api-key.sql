-- Whether a key with this SHA-256 exists.
select hash from api_key where hash = ?
