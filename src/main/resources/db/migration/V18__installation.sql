-- Which database this is. A dump that was restored and a copy that was made are another one, with everything that waited when
-- they were made, though the first may have sent it since: a server that begins there must not send it again.
create function database_identity() returns text language plpgsql stable as $$
declare
    of_database text := (select oid::text from pg_database where datname = current_database());
begin
    return (select system_identifier::text from pg_control_system()) || '/' || of_database;
exception when insufficient_privilege then -- some services do not let anybody ask
    return '/' || of_database;
end $$;

create table installation (
    only_one    boolean     primary key default true check (only_one),
    identity    text        not null,
    restored_at timestamptz,                           -- the setting CLICKTHREAD_DATABASE_RESTORED_AT that was last obeyed
    since       timestamptz not null default now()
);
insert into installation (identity) values (database_identity());
