-- What was received, exactly as it was received. Both tables grow without end and are cut by month; the id is a
-- UUIDv7, whose first 48 bits are the time, so the id alone is key and place.
create table exchange.transmission (
  id uuid primary key,
  sender text not null,
  received_at timestamptz not null default now(),
  media_type text not null,
  bytes integer not null,
  messages integer not null,
  applied integer,
  known integer,
  quarantined integer,
  -- Only where not a single message could be cut out of it.
  raw bytea,
  refused jsonb
) partition by range (id);
create table exchange.transmission_rest partition of exchange.transmission default;

create table exchange.message (
  id uuid primary key,
  transmission uuid not null,
  position integer not null,
  received_at timestamptz not null default now(),
  sender text not null,
  carried_by text not null,
  notation text not null check (notation in ('json', 'edifact')),
  kind text,
  reference text,
  event_time timestamptz,
  hash bytea not null check (octet_length(hash) = 32),
  context bytea,
  raw bytea,
  outcome text not null check (outcome in ('received', 'applied', 'known', 'quarantined')),
  same_as uuid check ((same_as is not null) = (outcome = 'known')),
  reason jsonb check ((reason is not null) = (outcome = 'quarantined')),
  applied_at timestamptz check ((applied_at is not null) = (outcome = 'applied')),
  attempts smallint not null default 0,
  check ((raw is null) = (outcome = 'known'))
) partition by range (id);
create table exchange.message_rest partition of exchange.message default;
comment on column exchange.message.raw is 'absent where the same bytes are stored already, see same_as';

-- The few that are not done, for the worker and for the list of quarantined messages.
create index message_open on exchange.message (outcome, id) where outcome in ('received', 'quarantined');

-- The same message of the same sender is the same message, however and whenever it comes. Not cut by month: a
-- message may be sent again after a year.
create table exchange.seen (
  sender text not null,
  hash bytea not null,
  message uuid not null,
  primary key (hash, sender)
);

-- What a sender was answered under its own key.
create table exchange.answered (
  sender text not null,
  key text not null check (length(key) between 1 and 100),
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  transmission uuid not null,
  asked_at timestamptz not null default now(),
  -- Absent while the first request is at work, or when it died.
  reply text,
  primary key (sender, key)
);
create index answered_by_age on exchange.answered (asked_at);
