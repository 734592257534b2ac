-- What awaits a decision or got one, whatever its account, in the order in which it was accepted.
create index conversion_undecided on conversion (created_at desc, id desc)
    where state in ('parked', 'rejected', 'unknown', 'dead', 'closed');

-- Of a table that loses its oldest rows and fills their space with new ones, a brin index soon describes every block as
-- old and new.
drop index history_age;
create index history_age on history (at);

create index import_ended on import (ended_at) where ended_at is not null;
