-- What a step of a route says of a click, such as the name of a campaign.
alter table click add column tag text;
