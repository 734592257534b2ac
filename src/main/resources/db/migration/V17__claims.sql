-- Each claim of a sender has a name, so that what it took can be given back even if the statement never answered. A
-- conversion that is still its own request's has none: there the request is named. Only unknown ones are indexed by it: they
-- are few, and every claim would pay for an index of those that are being sent.
alter table conversion add column claim text;
create index conversion_unknown_claim on conversion (coalesce(claim, replaced_by)) where state = 'unknown';
