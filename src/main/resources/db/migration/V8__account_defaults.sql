-- What phone numbers without a country code and times without a zone mean in what an account sends; null: they are refused.
alter table account
    add column default_country text,                   -- ISO 3166-1 alpha-2
    add column timezone        text;                   -- a name of the IANA database
