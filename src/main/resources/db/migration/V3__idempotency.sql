-- Requests with an Idempotency-Key, and what they were answered.
create table idempotency_key (
    api_key      bytea       not null,                  -- SHA-256 of the API key: callers do not share keys
    key          text        not null,
    fingerprint  bytea       not null,                  -- SHA-256 of method, path, query and body
    claim        text        not null,                  -- the request that runs, or ran, under the key
    lease_until  timestamptz,                           -- under way: after it the request's process counts as dead
    status       int,                                   -- null: under way
    content_type text,
    headers      text,                                  -- a JSON object
    body         bytea,
    created_at   timestamptz not null default now(),
    primary key (api_key, key)
);
create index idempotency_key_old on idempotency_key (created_at);
