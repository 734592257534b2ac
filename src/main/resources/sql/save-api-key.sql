-- The key of the settings is the key under its label: a changed setting replaces the old key.
insert into api_key (hash, label) values (?, ?)
    on conflict (label) do update set hash = excluded.hash, created_at = now()
 where api_key.hash <> excluded.hash
