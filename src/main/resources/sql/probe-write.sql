-- Writes what every transaction needs to write and leaves nothing: a page of a file that is new each time, which a full disk
-- refuses, and a record of the log with its commit. A database that takes no writes refuses the table.
create temporary table if not exists write_probe (number bigint) on commit delete rows;
insert into write_probe select generate_series(1, 100);
select pg_logical_emit_message(true, 'clickthread', '')
