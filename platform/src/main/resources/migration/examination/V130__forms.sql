-- What officers found when they opened goods, as they entered it: each row belongs to the command that told the core
-- system of it, and never changes. Whether it counts is the command's state; the record has what the core system made
-- of it.
create schema examination;

create table examination.form (
  command uuid primary key references clearance.command,
  declaration text not null check (length(declaration) = 14),
  result text not null check (result in ('clear', 'discrepancy', 'sampled')),
  packages_opened int not null check (packages_opened >= 0),
  form jsonb not null,
  -- SHA-256 of each photo that belongs to it, in the officer's order.
  photos text[] not null default '{}',
  recorded_at timestamptz not null default clock_timestamp()
);
create index form_of_declaration on examination.form (declaration, recorded_at);
