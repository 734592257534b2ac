-- A conversion may name its contact by several things at once, and waits for the click of whoever they lead to.
alter table conversion add column aliases jsonb;       -- parked: [{"kind", "value"}], as contact_alias has them
update conversion
   set aliases = jsonb_build_array(jsonb_build_object('kind', alias_kind, 'value', alias_value))
 where alias_kind is not null;
alter table conversion
    drop column alias_kind,
    drop column alias_value;
