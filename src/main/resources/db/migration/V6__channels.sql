-- How one provider's webhooks reach an account. A number on Cloud API has the channel 'meta' from the start, whose webhooks
-- the app secret of the settings signs; secret null means that, or that none was set and everything is refused.
create table channel (
    id              text primary key,
    account_id      text        not null references account,
    provider        text        not null,
    key             text        not null,              -- the provider's own identity of the number
    secret          bytea,                             -- sealed, see security.Vault
    secret_key      bigint,                            -- the id of the key that sealed it
    former_secret   bytea,                             -- the one before; good until former_until
    former_until    timestamptz,
    config          text        not null default '{}', -- JSON, see channel.ChannelConfig
    last_webhook_at timestamptz,                       -- the last three: written every few seconds, not with each webhook
    last_refusal_at timestamptz,
    last_refusal    text,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (provider, key)
);
create index channel_of_account on channel (account_id);
insert into channel (id, account_id, provider, key)
select lpad(to_hex(extract(epoch from now())::bigint), 8, '0') || substr(md5(random()::text || id), 1, 16), id, 'meta',
       phone_number_id
  from account
 where phone_number_id is not null;

alter table contact_alias
    drop constraint contact_alias_kind_check,
    add constraint contact_alias_kind_check
        check (kind in ('phone', 'user_id', 'parent_user_id', 'lid', 'provider_id', 'conversation'));

-- Numbers are found in the form that people write today, too: Mexico has dropped the 1 behind its country code, Brazil's
-- mobile numbers have got a 9, and WhatsApp goes on without knowing. See capture.Phones.
insert into contact_alias (account_id, kind, value, conversation_id)
select account_id, kind, '52' || substr(value, 4), conversation_id
  from contact_alias
 where kind = 'phone' and value ~ '^521[0-9]{10}$'
 union all
select account_id, kind, substr(value, 1, 4) || '9' || substr(value, 5), conversation_id
  from contact_alias
 where kind = 'phone' and value ~ '^55[0-9]{2}[6-9][0-9]{7}$'
    on conflict do nothing;

alter table conversation
    add column hint    text,                           -- a sign of an ad without a referral, in Meta's word
    add column hint_at timestamptz;

-- Which channel brought a click, and the provider's own words for it, from which it is read again after a fix.
alter table click
    add column channel_id text,
    add column provider   text,
    add column evidence   text;
create index click_of_channel on click (channel_id, captured_at) where channel_id is not null;
-- Meta's own events name a click, not a contact; a hash is a tenth of a click id's length.
create index click_of_click_id on click using hash (ctwa_clid) where ctwa_clid is not null;
create index click_evidence on click (id) where evidence is not null;

alter table kept_webhook add column channel_key text;

-- What Meta itself suggests to report, once per message and name.
create table automatic_event (
    id                text primary key,
    account_id        text        not null,
    message_id        text        not null,
    event_name        text        not null,
    event_time        timestamptz not null,
    ctwa_clid         text,
    value             numeric,                         -- Meta sends thousandths; this is the amount
    currency          text,
    conversation_id   text,                            -- null: its contact is not known
    conversion_id     text,                            -- the conversion that it was reported as
    own_conversion_id text,                            -- the account's own event that it stands for, one for one
    decision          text        not null,            -- in a sentence
    received_at       timestamptz not null default now(),
    unique (account_id, message_id, event_name)
);
create index automatic_event_recent on automatic_event (account_id, received_at desc, id desc);
create index automatic_event_unpaired on automatic_event (account_id, event_name, ctwa_clid)
    where conversion_id is not null and own_conversion_id is null;
create index automatic_event_of_conversation on automatic_event (conversation_id) where conversation_id is not null;
create index automatic_event_age on automatic_event (received_at, id);
-- One stands for one: of two that would be paired with the same event at once, the later is looked at again.
create unique index automatic_event_pair on automatic_event (own_conversion_id) where own_conversion_id is not null;

alter table account add column automatic_events text not null default 'record'
    check (automatic_events in ('record', 'report', 'ignore'));
alter table conversion add column outcome_type text;   -- Meta's messaging_outcome_data; null for an event of one's own
