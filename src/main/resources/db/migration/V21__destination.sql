-- A destination is an account, a dataset and a test code to which conversions are sent, with a circuit breaker: active, or
-- throttled by Meta, tripped by failures in a row, or suspended until the account or its settings are corrected. Until now the
-- table was named lane, and its states open, throttled, broken and paused. No foreign keys, as before: every accepted conversion
-- would lock the same row.
alter table lane rename to destination;
alter table destination rename column opens_at to retry_at; -- unless active: when the next single call may probe it
alter table conversion rename column lane to destination;
alter index lane_of_account rename to destination_of_account;
alter sequence lane_id_seq rename to destination_id_seq;

alter table destination drop constraint lane_state_check;
update destination
   set state = case state when 'open' then 'active' when 'broken' then 'tripped' when 'paused' then 'suspended' else state end;
alter table destination
    alter column state set default 'active',
    add constraint destination_state_check check (state in ('active', 'throttled', 'tripped', 'suspended'));

-- The other constraints have names of PostgreSQL's own; from version 18 on, "not null" is one of them.
do $$
declare
    one record;
begin
    for one in select conrelid::regclass as of_table, conname as old,
                      replace(replace(conname, 'opens_at', 'retry_at'), 'lane', 'destination') as new
                 from pg_constraint
                where conrelid in ('destination'::regclass, 'conversion'::regclass) and conname ~ '(^|_)(lane|opens_at)(_|$)' loop
        execute format('alter table %s rename constraint %I to %I', one.of_table, one.old, one.new);
    end loop;
end $$;
