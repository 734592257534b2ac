-- How a file is written, decided over the whole of it when it arrived, see csv.Dialect; null: it arrived before this was stored.
alter table import add column dialect text;
