-- What an officer is shown and confirms: the digest of it, once, for sixty seconds. What two persons decide. What was
-- answered under an idempotency key.
create schema access;

create table access.confirmation (
  nonce bytea primary key,
  operation text not null,
  account uuid not null,
  session uuid not null,
  digest bytea not null,
  created_at timestamptz not null default now(),
  ends_at timestamptz not null,
  used_at timestamptz
);

create table access.request (
  id uuid primary key,
  operation text not null,
  parameters jsonb not null,
  input jsonb not null,
  title jsonb not null,
  lines jsonb not null,
  state text not null,
  concerns uuid,
  reason text not null,
  requested_by uuid not null,
  requested_at timestamptz not null default now(),
  ends_at timestamptz not null,
  outcome text not null default 'open' check (outcome in ('open', 'approved', 'refused', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  decision text,
  check (decided_by <> requested_by or outcome = 'withdrawn'),
  check ((outcome = 'open') = (decided_by is null))
);

create index request_by_time on access.request (requested_at desc);

create table access.reply (
  account uuid not null,
  key text not null check (length(key) between 1 and 100),
  fingerprint bytea not null,
  reply jsonb not null,
  at timestamptz not null default now(),
  primary key (account, key)
);
