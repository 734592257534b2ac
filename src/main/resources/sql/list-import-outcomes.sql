-- The next outcomes of an import behind a line, in the order of the file.
select line, event_id, outcome, code, reason from import_outcome where import_id = ? and line > ? order by line limit ?
