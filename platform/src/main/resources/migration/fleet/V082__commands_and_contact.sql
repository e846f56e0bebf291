-- What a device is told to do: numbered, signed, kept until it has said so itself. A wipe is bound to the device's
-- row, which is never deleted, so that neither a new enrolment nor a retired device forgets it.
create table fleet.command (
  device uuid not null references fleet.device,
  number bigint not null check (number > 0),
  kind text not null check (kind in ('lock', 'unlock', 'message', 'diagnostics', 'policy', 'wipe')),
  -- As it is signed and sent: JSON text.
  body text not null,
  issued_by text not null default '',
  issued_at timestamptz not null default clock_timestamp(),
  -- After that it is not to be carried out; null: whenever it arrives.
  ends_at timestamptz,
  signature bytea not null,
  sent_at timestamptz,
  sent_times int not null default 0,
  answered_at timestamptz,
  outcome text check (outcome in ('done', 'refused', 'failed', 'superseded', 'expired')),
  answer text,
  -- The device's own signature over its answer; without it nothing was done.
  answer_signature bytea,
  primary key (device, number),
  check ((outcome is null) = (answered_at is null)),
  check (kind <> 'wipe' or ends_at is null),
  check (kind <> 'wipe' or outcome is distinct from 'done' or answer_signature is not null)
);

create index command_waiting on fleet.command (device, number) where outcome is null;
-- What was ordered a moment ago, for the nodes that hold streams.
create index command_new on fleet.command (issued_at) where outcome is null;
-- One wipe at a time waits for a device; whoever orders another one gets the same.
create unique index command_waiting_wipe on fleet.command (device) where kind = 'wipe' and outcome is null;

-- The highest number that was given out, so that numbers rise strictly whatever becomes of the commands.
create table fleet.command_count (
  device uuid primary key references fleet.device,
  number bigint not null check (number > 0)
) with (fillfactor = 50);

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

-- Signal, latency and place, as devices measure them. Grows without end and is cut by month. Months are dropped by
-- hand (drop table fleet.report_YYYY_MM) once nobody wants to see them; the map of signal quality shows the last 13.
create table fleet.report (
  device uuid not null,
  at timestamptz not null default clock_timestamp(),
  signal_dbm smallint,
  latency_ms int,
  battery smallint,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180)
) partition by range (at);
create table fleet.report_rest partition of fleet.report default;

create index report_of_device on fleet.report (device, at desc);

-- As exchange.make_months, at every start and daily by every node.
create function fleet.make_months(ahead integer) returns void
language plpgsql security definer
set search_path = pg_catalog
as $$
declare
  month timestamptz;
  name text;
begin
  perform pg_advisory_xact_lock(hashtext('fleet.make_months'));
  for i in 0..ahead loop
    month := date_trunc('month', now(), 'UTC') + make_interval(months => i);
    name := 'report' || to_char(month at time zone 'UTC', '_YYYY_MM');
    if to_regclass('fleet.' || name) is null then
      begin
        execute format(
          'create table fleet.%I partition of fleet.report for values from (%L) to (%L)',
          name, month, month + interval '1 month');
        execute format('grant select, insert, update, delete on fleet.%I to tongguan_app', name);
      exception when check_violation then
        raise notice 'fleet.report_rest holds rows of %, the month stays there', month;
      end;
    end if;
  end loop;
end $$;

revoke all on function fleet.make_months(integer) from public;
grant execute on function fleet.make_months(integer) to tongguan_app;

select fleet.make_months(2);

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
