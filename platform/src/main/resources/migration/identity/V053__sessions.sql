-- Sessions live here and nowhere else: what is ended here is ended on every node with the next request.
create table identity.session (
  id uuid primary key,
  token bytea not null unique,
  account uuid not null references identity.account,
  -- How far its log-in came.
  stage text not null check (stage in ('second-factor', 'enrol', 'full')),
  place text not null,
  device text not null default '',
  address text not null,
  agent text not null,
  created_at timestamptz not null default now(),
  active_at timestamptz not null default now(),
  ends_at timestamptz not null,
  idle_seconds int not null,
  locked_at timestamptz,
  ended_at timestamptz,
  ended_why text
);

create index session_by_account on identity.session (account, created_at) where ended_at is null;
