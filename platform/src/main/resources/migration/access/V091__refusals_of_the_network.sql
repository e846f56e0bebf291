-- Who asked for the private APN and was refused, for the page that shows it; the audit holds the same for good.
create table access.refusal (
  id uuid primary key,
  at timestamptz not null default clock_timestamp(),
  gateway text not null,
  reason text not null,
  apn text not null default '',
  imsi text not null default '',
  msisdn text not null default '',
  imeisv text not null default '',
  -- What the registry knew of the SIM at that moment.
  sim uuid,
  device uuid
);

create index refusal_by_time on access.refusal (at desc, id desc);
create index refusal_of_device on access.refusal (device, at desc) where device is not null;
