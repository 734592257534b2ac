-- Who controls a conversation, as Meta's field messaging_handovers tells: the role in Meta's word, whether it is the app that
-- these webhooks are for (null: not told), and when the control changed.
alter table conversation
    add column controller        text,
    add column controlled_by_app boolean,
    add column controlled_at     timestamptz,
    add column hint_channel_id   text,                 -- the channel that the hint came by
    add column hint_message_id   text;                 -- the withheld message of a suspicion, which Meta's own events may name
create index conversation_suspected on conversation (hint_channel_id, hint_at) where hint = 'suspected_ad';
create index conversation_withheld on conversation (account_id, hint_message_id) where hint_message_id is not null;

-- What a channel brought, a row a day. Every process writes its own total of the day, again and again, so that a statement
-- that is repeated counts nothing twice; kinds and reasons are few and come from the program, not from the message.
create table channel_count (
    channel_id text   not null references channel on delete cascade,
    day        date   not null,
    kind       text   not null check (kind in ('message', 'without_news', 'quarantined', 'unread_field')),
    reason     text   not null,
    writer     text   not null,
    count      bigint not null,
    primary key (channel_id, day, kind, reason, writer)
);

-- Of what Meta sends and nothing reads, one webhook is kept for each name until it is replayed.
alter table quarantined_webhook add column sample_of text;
create unique index quarantined_sample on quarantined_webhook (sample_of) where sample_of is not null and replayed_at is null;
