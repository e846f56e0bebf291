-- What stewards are told of their devices by policy: one for all, and others for units (with those below) and kinds. The
-- dead-man's rule moves here from the installation's policy, so that it is said in one place; a node of the version before
-- finds nothing there, says nothing of it, and stewards keep what they were told.
create sequence fleet.policy_revision;

create table fleet.policy (
  id uuid primary key,
  -- Of this unit and those below it; null for all.
  unit text references identity.unit,
  kind text check (kind in ('pda', 'tablet', 'notebook')),
  -- Names of interfaces with lock (shut while the device is locked), open (never shut) or shut (always); what is not named
  -- is shut while the device is locked.
  interfaces jsonb not null default '{}' check (jsonb_typeof(interfaces) = 'object'),
  -- So long without a word from the platform, and the device locks or wipes itself.
  lock_hours int not null check (lock_hours between 1 and 168),
  wipe_days int not null check (wipe_days between 1 and 365),
  -- After which an idle desktop locks, whatever it is set to by itself; 0 for never.
  idle_seconds int not null check (idle_seconds = 0 or idle_seconds between 30 and 3600),
  position boolean not null,
  -- Another one with each change, by which device and platform know what they speak of.
  revision bigint not null unique default nextval('fleet.policy_revision'),
  changed_at timestamptz not null default clock_timestamp(),
  changed_by text not null default ''
);

create unique index policy_of on fleet.policy (coalesce(unit, ''), coalesce(kind, ''));

insert into fleet.policy (id, lock_hours, wipe_days, idle_seconds, position)
select uuidv7(),
  coalesce((select value from identity.policy where code = 'silence-lock-hours'), 8),
  coalesce((select value from identity.policy where code = 'silence-wipe-days'), 30),
  0, false;

delete from identity.policy where code in ('silence-lock-hours', 'silence-wipe-days');

-- The one that holds for a device of this unit and kind: that of the nearest unit, and there that of the kind first.
create function fleet.policy_for(the_unit text, the_kind text) returns setof fleet.policy
language sql stable rows 1
begin atomic
  with recursive up (code, far) as (
    select the_unit, 0
    union
    select u.parent, o.far + 1 from identity.unit u join up o on o.code = u.code
    where u.parent is not null and o.far < 20
  )
  select p.* from fleet.policy p left join up on up.code = p.unit
  where (p.unit is null or up.code is not null) and (p.kind is null or p.kind = the_kind)
  order by up.far nulls last, p.kind nulls last
  limit 1;
end;

-- What each device was told last, and by which order.
create table fleet.policy_told (
  device uuid primary key references fleet.device,
  revision bigint not null,
  number bigint not null,
  foreign key (device, number) references fleet.command (device, number)
) with (fillfactor = 70);

alter table fleet.contact
  -- Locked for no other reason than that it had not heard the platform for a lease.
  add column lapsed boolean not null default false,
  -- The revision of the policy in force on it; null where its steward does not say.
  add column policy bigint;
