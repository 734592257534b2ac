-- An upload begins; until it is whole, nothing of it is read.
insert into import (id, account_id, dry_run, state, header) values (:#id, :#accountId, :#dryRun, 'uploading', :#header)
