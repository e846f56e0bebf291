-- What is handed out to the field: devices, their SIMs, and which SIM sits in which device. What was once here stays
-- here, in another state, because history, certificates and commands hang on it.
create schema fleet;

create table fleet.device (
  id uuid primary key,
  -- The maker's serial number, by which a person knows it.
  serial text not null unique check (serial ~ '^[A-Z0-9][A-Z0-9./-]{2,39}$'),
  kind text not null check (kind in ('pda', 'tablet', 'notebook')),
  model text not null default '' check (length(model) <= 100),
  unit text not null references identity.unit,
  -- The first 14 digits of its modem's IMEI: what the software version and the check digit leave (3GPP TS 23.003 §6.2).
  imei text unique check (imei ~ '^[0-9]{14}$'),
  state text not null default 'in-stock' check (state in ('in-stock', 'assigned', 'in-repair', 'lost', 'retired')),
  -- Who answers for it now.
  holder uuid references identity.account,
  version int not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check (state <> 'assigned' or holder is not null)
);

create index device_by_unit on fleet.device (unit, serial);
create index device_by_holder on fleet.device (holder) where holder is not null;

create table fleet.mac (
  mac macaddr primary key,
  device uuid not null references fleet.device
);

create index mac_by_device on fleet.mac (device);

create table fleet.sim (
  id uuid primary key,
  iccid text not null unique check (iccid ~ '^89[0-9]{16,18}$'),
  imsi text not null unique check (imsi ~ '^[0-9]{14,15}$'),
  msisdn text not null unique check (msisdn ~ '^[1-9][0-9]{6,14}$'),
  -- Its own address on the private APN.
  address inet not null unique check (masklen(address) = case family(address) when 4 then 32 else 128 end),
  -- Whose stock it belongs to; in a device, that of the device.
  unit text not null default 'HQ' references identity.unit,
  state text not null default 'in-stock' check (state in ('in-stock', 'active', 'blocked', 'retired')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);

create index sim_by_unit on fleet.sim (unit, iccid);

-- Which SIM sits in which device, and did.
create table fleet.pairing (
  id uuid primary key,
  sim uuid not null references fleet.sim,
  device uuid not null references fleet.device,
  since timestamptz not null default now(),
  until timestamptz,
  check (until >= since)
);

create unique index pairing_of_sim on fleet.pairing (sim) where until is null;
create unique index pairing_of_device on fleet.pairing (device) where until is null;
create index pairing_history on fleet.pairing (device, since);

-- A device may be used by another unit for a time, when an administrator of the district has agreed.
create table fleet.loan (
  id uuid primary key,
  device uuid not null references fleet.device,
  unit text not null references identity.unit,
  since timestamptz not null default now(),
  until timestamptz not null,
  agreed_by uuid not null references identity.account,
  ended_at timestamptz,
  check (until > since)
);

create index loan_of_device on fleet.loan (device, until) where ended_at is null;

-- What happened to a device, in words that its page shows.
create table fleet.event (
  id uuid primary key,
  device uuid not null references fleet.device,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  -- Who did it; empty for the platform itself and the device.
  by_name text not null default '',
  details jsonb not null default '{}'
);

create index event_of_device on fleet.event (device, at desc);
