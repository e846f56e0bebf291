-- From where requests may come: the private APN of the field devices, and the agency's own networks.
create table access.zone (
  name text primary key check (name ~ '^[a-z][a-z0-9-]{0,39}$'),
  kind text not null check (kind in ('apn', 'office')),
  network cidr not null unique,
  -- Of the office zone: whether a device's certificate must be shown.
  certificate boolean not null default true,
  version int not null default 1,
  check (kind <> 'apn' or certificate)
);

-- The operator's gateways (GGSN, PGW), the clients of our RADIUS server.
create table access.gateway (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9.-]{0,39}$'),
  address inet not null unique,
  -- Sealed; never in clear in the database.
  secret bytea not null,
  -- Where it takes Disconnect and CoA requests (RFC 5176).
  dynamic_port int not null default 3799 check (dynamic_port between 1 and 65535),
  enabled boolean not null default true,
  added_at timestamptz not null default now()
);

-- Sessions on the private APN as the gateways' accounting tells them.
create table access.apn_session (
  id uuid primary key,
  gateway text not null references access.gateway,
  -- Acct-Session-Id.
  number text not null,
  imsi text not null,
  imeisv text not null default '',
  msisdn text not null default '',
  address inet not null,
  -- What the registry said when it began; null for a SIM that is not ours.
  sim uuid references fleet.sim,
  device uuid references fleet.device,
  started_at timestamptz not null,
  updated_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  ended_why text,
  octets_in bigint not null default 0,
  octets_out bigint not null default 0,
  seconds int not null default 0,
  attributes jsonb not null default '{}',
  unique (gateway, number),
  check ((ended_at is null) = (ended_why is null))
);

-- An address belongs to one live session.
create unique index apn_session_at on access.apn_session (address) where ended_at is null;
create index apn_session_of_sim on access.apn_session (imsi) where ended_at is null;
create index apn_session_of_device on access.apn_session (device, started_at desc);

-- Orders to a gateway to end a session, repeated until it answers.
create table access.disconnect (
  id uuid primary key,
  session uuid not null references access.apn_session,
  why text not null,
  -- The loss that it is a step of.
  loss uuid references fleet.loss,
  asked_at timestamptz not null default clock_timestamp(),
  next_at timestamptz not null default clock_timestamp(),
  attempts int not null default 0,
  answered_at timestamptz,
  answer text check (answer in ('ack', 'nak', 'given-up')),
  error_cause int,
  check ((answer is null) = (answered_at is null))
);

create index disconnect_waiting on access.disconnect (next_at) where answer is null;
