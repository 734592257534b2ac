-- The names of the API everywhere: a webhook that cannot be used is quarantined, a conversion that grew too old is expired.
alter table kept_webhook rename to quarantined_webhook;
alter index kept_webhook_pkey rename to quarantined_webhook_pkey;
alter index kept_webhook_recent rename to quarantined_webhook_recent;

drop index conversion_held;
drop index conversion_undecided;
alter table conversion drop constraint conversion_state_check;
update conversion set state = 'expired' where state = 'dead';
update history set state = 'expired' where state = 'dead';
alter table conversion
    add constraint conversion_state_check check (state in ('parked', 'pending', 'sending', 'waiting', 'delivered',
                                                           'rejected', 'unknown', 'expired', 'closed'));
create index conversion_held on conversion (account_id, created_at desc, id desc)
    where state in ('rejected', 'unknown', 'expired', 'closed');
create index conversion_undecided on conversion (created_at desc, id desc)
    where state in ('parked', 'rejected', 'unknown', 'expired', 'closed');
