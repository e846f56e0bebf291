-- What officers confirmed and core systems carry out: each row is a command and its place in the outbox in one, written
-- in the transaction of its confirmation. It moves on by the core system's word alone.
create schema clearance;

create table clearance.command (
  -- Also the key by which the core system knows it again.
  id uuid primary key,
  declaration text not null check (length(declaration) = 14),
  act text not null,
  input jsonb not null,
  system text not null,
  -- Whose act it is, here and at the core system.
  officer uuid not null references identity.account,
  officer_name text not null,
  unit text not null,
  core_user text not null,
  confirmed_at timestamptz not null default clock_timestamp(),
  state text not null default 'waiting'
    check (state in ('waiting', 'sending', 'sent', 'unknown', 'done', 'refused', 'parked', 'given-up')),
  attempts int not null default 0,
  -- When a worker may take it; pushed ahead by whoever has taken it, so that it is taken again only when that one died.
  next_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  answered_at timestamptz,
  reference text,
  -- The core system's reason, unchanged; or why nobody knows.
  code text,
  answer text,
  check ((answered_at is null) = (state not in ('done', 'refused', 'given-up')))
);

-- One act at a time for each declaration, however many officers press at once. A hold and a seizure wait for nothing.
create unique index command_open on clearance.command (declaration)
  where state in ('waiting', 'sending', 'sent', 'unknown', 'parked') and act not in ('hold', 'seize');

create index command_due on clearance.command (system, next_at)
  where state in ('waiting', 'sending', 'sent', 'unknown');
create index command_parked on clearance.command (confirmed_at) where state = 'parked';
create index command_of_officer on clearance.command (officer, id desc);
create index command_of_declaration on clearance.command (declaration, id desc);
