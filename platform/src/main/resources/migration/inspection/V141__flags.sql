-- Flags for inspection beside the commands that carry them (same id): what was scanned, and the guard that a declaration
-- has one flag at a time. A flag is closed when the next one comes; whether it still stands says
-- clearance.flag_outcome().
create schema inspection;

create table inspection.flag (
  id uuid primary key references clearance.command deferrable initially deferred,
  declaration text not null check (length(declaration) = 14),
  scanned text not null,
  -- Of the list that was confirmed: SHA-256 over its numbers, as the audit has it.
  list text not null,
  priority smallint not null check (priority between 1 and 3),
  note text,
  closed_at timestamptz
);
create unique index flag_one on inspection.flag (declaration) where closed_at is null;
