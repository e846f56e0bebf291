-- What a device is told to do: numbered, signed, kept until it has said so itself. A wipe is bound to the device's
-- row, which is never deleted, so that neither a new enrolment nor a retired device forgets it.
create table fleet.command (
  device uuid not null references fleet.device,
  number bigint not null check (number > 0),
  kind text not null check (kind in ('lock', 'unlock', 'message', 'diagnostics', 'policy', 'wipe')),
  -- As it is signed and sent: JSON text.
  body text not null,
  issued_by text not null default '',
  issued_at timestamptz not null default now(),
  -- After that it is not to be carried out; null: whenever it arrives.
  ends_at timestamptz,
  signature bytea not null,
  sent_at timestamptz,
  sent_times int not null default 0,
  answered_at timestamptz,
  outcome text check (outcome in ('done', 'refused', 'failed', 'superseded')),
  answer text,
  -- The device's own signature over its answer; without it nothing was done.
  answer_signature bytea,
  primary key (device, number),
  check ((outcome is null) = (answered_at is null)),
  check (kind <> 'wipe' or ends_at is null),
  check (kind <> 'wipe' or outcome is distinct from 'done' or answer_signature is not null)
);

create index command_waiting on fleet.command (device, number) where outcome is null;

-- The last that was heard of a device from its steward. One row each, written at every heartbeat.
create table fleet.contact (
  device uuid primary key references fleet.device,
  at timestamptz not null default clock_timestamp(),
  agent text not null default '',
  locked boolean not null default true,
  tampered boolean not null default false,
  macs macaddr[] not null default '{}',
  interfaces jsonb not null default '[]',
  battery smallint check (battery between 0 and 100)
) with (fillfactor = 50);

-- Signal, latency and place, as devices measure them.
create table fleet.report (
  device uuid not null,
  at timestamptz not null default clock_timestamp(),
  signal_dbm smallint,
  latency_ms int,
  battery smallint,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180)
);

create index report_of_device on fleet.report (device, at desc);

-- A device that was reported lost, and what came of each step of cutting it off.
create table fleet.loss (
  id uuid primary key,
  device uuid not null references fleet.device,
  reported_by uuid not null references identity.account,
  reported_at timestamptz not null default clock_timestamp(),
  reason text not null,
  found_at timestamptz,
  found_by uuid references identity.account,
  found_reason text
);

create unique index loss_open on fleet.loss (device) where found_at is null;

create table fleet.loss_step (
  loss uuid not null references fleet.loss,
  step text not null check (step in ('sessions', 'certificates', 'sim', 'gateway', 'wipe')),
  -- When the platform had done its part, and when the other side had acknowledged it.
  done_at timestamptz,
  acknowledged_at timestamptz,
  details jsonb not null default '{}',
  primary key (loss, step)
);
