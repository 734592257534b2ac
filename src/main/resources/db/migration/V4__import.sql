-- One uploaded CSV file of conversions, and how far it has been read. Its content is in import_chunk until then.
create table import (
    id           text primary key,
    account_id   text        not null references account,
    dry_run      boolean     not null,
    state        text        not null check (state in ('uploading', 'running', 'done', 'cancelled', 'failed')),
    header       text        not null,                  -- the file's first line, without its mark of byte order
    bytes        bigint      not null default 0,
    sha256       bytea,                                 -- of the whole file; null while it is uploaded
    same_as      text,                                  -- an earlier import of the same bytes for the same account
    position     bigint      not null default 0,        -- the byte at which the next slice begins
    line         bigint      not null default 1,        -- and its line, from 1
    skipping     boolean     not null default false,    -- the position is within a line that is too long to be read
    rows         bigint      not null default 0,
    accepted     bigint      not null default 0,
    repeated     bigint      not null default 0,
    refused      bigint      not null default 0,
    tries        int         not null default 0,        -- of the slice at the position
    lease_until  timestamptz,
    reason       text,                                  -- failed: why
    created_at   timestamptz not null default now(),
    started_at   timestamptz,
    cancelled_at timestamptz,                           -- when somebody asked for it
    ended_at     timestamptz,
    touched_at   timestamptz not null default now()     -- whose turn is longest ago is next
);
create index import_recent on import (account_id, created_at desc, id desc);
create index import_running on import (account_id, id) where state = 'running';
create index import_uploading on import (touched_at) where state = 'uploading';
create index import_same on import (account_id, sha256) where sha256 is not null;

-- Sealed, see security.Vault: it holds phone numbers and addresses of people. Removed as the file is read.
create table import_chunk (
    import_id text   not null references import,
    start_at  bigint not null,                          -- its first byte's place in the file
    body      bytea  not null,
    primary key (import_id, start_at)
);
alter table import_chunk alter column body set storage external; -- what is sealed cannot be compressed

-- Every row that was not taken, and why; of a dry run, every row.
create table import_outcome (
    import_id text   not null references import,
    line      bigint not null,
    event_id  text,
    outcome   text   not null check (outcome in ('queued', 'repeated', 'refused')),
    code      text,
    reason    text,
    primary key (import_id, line)
);
