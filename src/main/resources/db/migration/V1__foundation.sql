-- Ids are 24 hexadecimal digits that begin with their second of creation, so that a smaller id is an older row
-- and clients of Zernio's API, which check that shape, accept them.

create table api_key (
    hash       bytea primary key,                       -- SHA-256 of the key; keys are random, so no slow hash is needed
    label      text        not null unique,
    created_at timestamptz not null default now()
);

create table account (
    id                   text primary key,
    profile_id           text        not null,
    waba_id              text        not null,
    phone_number_id      text unique,                   -- null: a number that is not on Cloud API
    display_phone_number text,
    verified_name        text,
    quality_rating       text,
    name_status          text,
    messaging_limit_tier text,
    username             text,                          -- null: the display phone number is shown
    display_name         text,                          -- null: the verified name is shown
    dataset_id           text,
    access_token         bytea       not null,          -- sealed, see security.Vault
    access_token_key     bigint      not null,          -- the id of the key that sealed it, to find what a rotation left
    connected_at         timestamptz not null default now(),
    disconnected_at      timestamptz,
    updated_at           timestamptz not null default now()
);
create unique index account_without_number on account (waba_id) where phone_number_id is null;

create table conversation (
    id               text primary key,
    account_id       text        not null references account,
    participant_id   text        not null,              -- digits of the phone, or the business-scoped user id
    participant_name text,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now() -- the last thing recorded, which organic chatter is not
);
create index conversation_recent on conversation (updated_at desc, id desc);
create index conversation_recent_of_account on conversation (account_id, updated_at desc, id desc);

-- Everything one contact is known by. Only conversation points at account: a foreign key on every hot row would make
-- all of them lock the one account row. Kind 'conversation' holds the ids of conversations merged into this one.
create table contact_alias (
    account_id      text not null,
    kind            text not null check (kind in ('phone', 'user_id', 'parent_user_id', 'conversation')),
    value           text not null,
    conversation_id text not null references conversation,
    primary key (account_id, kind, value)
);
create index contact_alias_of_conversation on contact_alias (conversation_id);

-- The ledger of clicks. ctwa_clid is null for a touch: an ad without a click id, which cannot be sent to Meta.
create table click (
    id              bigint generated always as identity primary key, -- the order of arrival
    account_id      text        not null,
    conversation_id text        not null references conversation,
    message_id      text        not null,
    ctwa_clid       text,
    source_id       text,
    source_type     text,
    source_url      text,
    headline        text,
    body            text,
    media_type      text,
    clicked_at      timestamptz not null,                            -- the message's own time
    captured_at     timestamptz not null default now(),
    unique (account_id, message_id),
    unique (conversation_id, ctwa_clid)
);

create table conversion (
    id               text primary key,
    account_id       text        not null references account,
    conversation_id  text        not null references conversation,
    dataset_id       text        not null,
    waba_id          text        not null,
    ctwa_clid        text        not null,
    event_name       text        not null,
    event_id         text        not null,
    event_time       timestamptz not null,
    value            numeric,
    currency         text,
    content_ids      text,                              -- a JSON list
    email_hash       text,
    external_id_hash text,
    test_code        text,
    state            text        not null check (state in
                         ('pending', 'sending', 'waiting', 'delivered', 'rejected', 'unknown', 'dead')),
    due_at           timestamptz,                       -- pending, waiting: when to send; sending: when the lease ends
    attempts         int         not null default 0,
    reason           text,                              -- why it stands as it does, in a sentence
    events_received  int,
    events_failed    int,
    failure_code     text,
    failure_message  text,
    trace_id         text,
    duration_ms      int,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    -- Meta does not de-duplicate messaging events; this line does.
    unique (dataset_id, event_name, event_id)
);
create index conversion_due on conversion (due_at) where state in ('pending', 'sending', 'waiting');
create index conversion_recent on conversion (account_id, created_at desc, id desc);
create index conversion_of_conversation on conversion (conversation_id);

create table attempt (
    conversion_id   text        not null references conversion,
    number          int         not null,
    started_at      timestamptz not null,
    duration_ms     int         not null,
    outcome         text        not null,
    http_status     int,
    code            int,
    subcode         int,
    message         text,
    events_received int,
    trace_id        text,
    primary key (conversion_id, number)
);

-- Webhooks with a valid signature that name no connected account, or that could not be read in whole. Sealed: they
-- hold what people wrote.
create table kept_webhook (
    id          text primary key,
    provider    text        not null,
    reason      text        not null,
    body        bytea       not null,
    body_key    bigint      not null,
    received_at timestamptz not null default now(),
    replayed_at timestamptz
);
create index kept_webhook_recent on kept_webhook (received_at desc, id desc);
