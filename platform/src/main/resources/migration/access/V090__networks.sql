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
  address inet not null unique check (masklen(address) = case family(address) when 4 then 32 else 128 end),
  -- Sealed; never in clear in the database.
  secret bytea not null,
  -- The access points (APN) that are ours at this gateway; for others nobody is let in.
  apns text[] not null check (cardinality(apns) between 1 and 20),
  -- What its packets must carry: Message-Authenticator first in all of them; anywhere in all of them; or anywhere in
  -- Access-Request, while accounting rests on its Request Authenticator (RFC 2866).
  signing text not null default 'first' check (signing in ('first', 'anywhere', 'access')),
  -- The password that devices give for the access point, sealed; null where it asks for none.
  password bytea,
  -- Where it takes Disconnect and CoA requests (RFC 5176).
  dynamic_port int not null default 3799 check (dynamic_port between 1 and 65535),
  enabled boolean not null default true,
  version int not null default 1,
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
  -- The newest Event-Timestamp of its packets, by the gateway's clock; null where it sends none.
  event_at timestamptz,
  ended_at timestamptz,
  ended_why text,
  -- A later session got the same number from its gateway.
  superseded boolean not null default false,
  octets_in bigint not null default 0,
  octets_out bigint not null default 0,
  seconds bigint not null default 0,
  attributes jsonb not null default '{}',
  check ((ended_at is null) = (ended_why is null)),
  check (not superseded or ended_at is not null)
);

-- An address belongs to one live session, and a number to one session of a SIM.
create unique index apn_session_at on access.apn_session (address) where ended_at is null;
create unique index apn_session_numbered on access.apn_session (gateway, number, imsi) where not superseded;
create index apn_session_of_sim on access.apn_session (imsi) where ended_at is null;
create index apn_session_of_device on access.apn_session (device, started_at desc);
create index apn_session_silent on access.apn_session (updated_at) where ended_at is null;
create index apn_session_live on access.apn_session (started_at desc, id desc) where ended_at is null;
create index apn_session_gone_silent on access.apn_session (imsi, ended_at) where ended_why = 'silence';

-- The one definition of a live session: not ended, and heard of within the time that the policy says. Whoever decides
-- reads this view, so that a feed which has stopped grants nothing even before anyone has swept.
create view access.live_apn_session as
select s.*
from access.apn_session s
where s.ended_at is null
  and s.updated_at > clock_timestamp()
    - (select p.value from identity.policy p where p.code = 'apn-silence-minutes') * interval '1 minute';

-- Orders to a gateway to end a session, repeated until it answers.
create table access.disconnect (
  id uuid primary key,
  session uuid not null references access.apn_session,
  why text not null,
  -- The loss that it is a step of.
  loss uuid references fleet.loss,
  -- What is sent: the gateway that does not know the first (Error-Cause 405, 406) gets the second.
  kind text not null default 'disconnect' check (kind in ('disconnect', 'change')),
  asked_at timestamptz not null default clock_timestamp(),
  next_at timestamptz not null default clock_timestamp(),
  attempts int not null default 0,
  answered_at timestamptz,
  -- Stopped: the gateway's accounting told the end before it answered.
  answer text check (answer in ('ack', 'nak', 'stopped', 'given-up')),
  error_cause int,
  check ((answer is null) = (answered_at is null))
);

create index disconnect_waiting on access.disconnect (next_at) where answer is null;
create index disconnect_of_session on access.disconnect (session);
create index disconnect_of_loss on access.disconnect (loss) where loss is not null;
