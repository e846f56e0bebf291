-- What officers did without a network and confirmed once they had one again. A bundle is what was confirmed together;
-- each of its items is carried out in a transaction of its own, in which its result is written as well.
create schema field;

create table field.bundle (
  id uuid primary key,
  account uuid not null references identity.account,
  -- Only this session carries it out: what belongs to a session that has ended is confirmed anew.
  session uuid not null,
  confirmed_at timestamptz not null default clock_timestamp()
);
create index bundle_of_account on field.bundle (account, confirmed_at desc);

create table field.item (
  account uuid not null references identity.account,
  -- Drawn on the device: the item's idempotency key.
  id uuid not null,
  bundle uuid not null references field.bundle,
  -- The order in which it was done, by the device's own count.
  sequence bigint not null check (sequence > 0),
  kind text not null,
  -- The version of the record that the officer saw.
  base text not null,
  -- By the device's clock, which decides nothing.
  made_at timestamptz not null,
  -- As it came: it may hold what jsonb does not take, and is refused for its own reasons.
  body json not null,
  fingerprint bytea not null,
  -- The digest of what was shown as to be done; empty where it was shown as a conflict or as refused.
  shown bytea,
  result text check (result in ('done', 'conflict', 'refused')),
  answer jsonb,
  decided_at timestamptz,
  primary key (account, id),
  check ((result is null) = (decided_at is null)),
  check ((result is null) = (answer is null))
);
create index item_of_bundle on field.item (bundle, sequence);

-- Dossiers that an officer took along on one day (of Taiwan).
create table field.taken (
  account uuid not null references identity.account,
  day date not null,
  dossiers bigint not null check (dossiers >= 0),
  primary key (account, day)
);
