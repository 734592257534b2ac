-- A lane is one account's way to one dataset; events with a test code have one of their own for each code. What Meta does
-- to a lane, throttle, fail or refuse its token, holds up nobody else. No foreign keys here: every accepted conversion would lock the same account row.
create table lane (
    id         bigint generated always as identity primary key,
    account_id text        not null,
    dataset_id text        not null,
    test_code  text        not null default '',         -- empty for real events
    state      text        not null default 'open' check (state in ('open', 'throttled', 'broken', 'paused')),
    opens_at   timestamptz not null default now(),      -- unless open: when the next single call may probe it
    failures   int         not null default 0,          -- in a row; open: the breaker's count
    reason     text,
    since      timestamptz not null default now(),
    served_at  timestamptz not null default now(),      -- whose turn is longest ago is next
    unique (dataset_id, account_id, test_code)
);
create index lane_of_account on lane (account_id);
insert into lane (account_id, dataset_id, test_code)
select distinct account_id, dataset_id, coalesce(test_code, '') from conversion;

create sequence conversion_order;
alter table conversion
    add column seq         bigint not null default nextval('conversion_order'), -- the order in which they were accepted
    add column lane        bigint,
    add column retries     int    not null default 0,   -- failures so far, the place in the retry schedule
    add column alias_kind  text,                        -- parked: the contact whose click it waits for
    add column alias_value text,
    alter column conversation_id drop not null,         -- parked: no conversation, or none with a click, yet
    alter column ctwa_clid drop not null,
    drop constraint conversion_state_check,
    add constraint conversion_state_check check (state in ('parked', 'pending', 'sending', 'waiting', 'delivered',
                                                           'rejected', 'unknown', 'dead', 'closed'));
update conversion v set lane = l.id
  from lane l
 where l.account_id = v.account_id and l.dataset_id = v.dataset_id and l.test_code = coalesce(v.test_code, '');
alter table conversion alter column lane set not null;

drop index conversion_due;
create index conversion_due on conversion (lane, seq) where state in ('pending', 'waiting');
create index conversion_leased on conversion (due_at) where state = 'sending';
create index conversion_unfinished on conversion (conversation_id, seq) where state in ('pending', 'sending', 'waiting');
create index conversion_aging on conversion (event_time) where state in ('pending', 'waiting');
create index conversion_parked on conversion (due_at) where state = 'parked';
create index conversion_held on conversion (account_id, created_at desc, id desc)
    where state in ('rejected', 'unknown', 'dead', 'closed');

-- Everything that happened to a conversion, never changed. No foreign key: a row is written with its conversion, and
-- removed with it or before it.
create table history (
    conversion_id   text        not null,
    id              bigint      generated always as identity,
    at              timestamptz not null default now(),
    event           text        not null,               -- accepted, attempt, lease-expired, expired, released, …
    state           text        not null,               -- the one it led to
    reason          text,
    attempt         int,                                -- the following: of an attempt only
    started_at      timestamptz,
    duration_ms     int,
    outcome         text,
    http_status     int,
    code            int,
    subcode         int,
    message         text,
    events_sent     int,
    events_received int,
    trace_id        text,
    primary key (conversion_id, id)
);
create index history_age on history using brin (at);
insert into history (conversion_id, at, event, state)
select id, created_at, 'accepted', 'pending' from conversion order by seq;
insert into history (conversion_id, at, event, state, attempt, started_at, duration_ms, outcome, http_status, code, subcode,
                     message, events_sent, events_received, trace_id)
select a.conversion_id, a.started_at + a.duration_ms * interval '1 millisecond', 'attempt',
       case when a.number = v.attempts then v.state else 'waiting' end, a.number, a.started_at, a.duration_ms, a.outcome,
       a.http_status, a.code, a.subcode, a.message, 1, a.events_received, a.trace_id
  from attempt a
  join conversion v on v.id = a.conversion_id
 order by a.started_at, a.number;
drop table attempt;
