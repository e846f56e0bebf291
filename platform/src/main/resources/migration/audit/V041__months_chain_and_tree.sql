-- The log as it is kept: entries cut by month, put into one order by a sequencer, hashed one onto the other and into
-- a Merkle tree (docs/audit-format.md). Nothing in this schema is ever changed or deleted: the application may read
-- and add. The first shape of the table never held an entry; if it does, somebody has to look.
do $$
begin
  if exists (select from audit.entry) then
    raise exception 'audit.entry holds rows that this version cannot take over';
  end if;
end $$;
drop table audit.entry;

-- xid is the transaction that wrote the entry: once no older one is at work, the order (xid, id) is settled, and no
-- writer ever waited for another one to find it. The defaults are stable, not volatile, so that COPY can write whole
-- pages at a time.
create table audit.entry (
  id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default statement_timestamp(),
  node_at timestamptz not null,
  act text not null,
  outcome text not null check (outcome in ('done', 'refused')),
  code text not null,
  account text not null,
  name text not null,
  unit text not null,
  device text not null,
  address text not null,
  session text not null,
  record text not null,
  results bigint not null,
  details text not null check (details is json object),
  correlation text not null,
  primary key (id)
) partition by range (id);

create table audit.entry_rest partition of audit.entry default;

-- Each index ends in the order of the log, so that a page of any search is read off it.
create index entry_in_order on audit.entry (xid, id);
create index entry_by_account on audit.entry (account, xid, id) where account <> '';
create index entry_by_name on audit.entry (name, xid, id) where name <> '';
create index entry_by_unit on audit.entry (unit, xid, id) where unit <> '';
create index entry_by_device on audit.entry (device, xid, id) where device <> '';
create index entry_by_record on audit.entry (record, xid, id) where record <> '';
create index entry_by_act on audit.entry (act, xid, id);
create index entry_refused on audit.entry (xid, id) where outcome = 'refused';

-- The order without gaps: seq 0 is the first entry, and the leaf's place in the tree.
create table audit.chain (
  seq bigint primary key check (seq >= 0),
  entry uuid not null unique,
  xid xid8 not null,
  leaf bytea not null check (length(leaf) = 32),
  chain bytea not null check (length(chain) = 32)
);

-- Roots of full subtrees: level 1 over 256 leaves, level 2 over 256 of those, and so on.
create table audit.subtree (
  level smallint not null check (level > 0),
  index bigint not null,
  hash bytea not null check (length(hash) = 32),
  primary key (level, index)
);

create table audit.checkpoint (
  size bigint not null,
  key_id text not null,
  root bytea not null check (length(root) = 32),
  at timestamptz not null,
  signature bytea not null,
  note text not null,
  primary key (size, key_id)
);
create index checkpoint_by_time on audit.checkpoint (at);

create function audit.first_id_at(moment timestamptz) returns uuid
language sql immutable strict
set search_path = pg_catalog
return rpad(lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0'), 32, '0')::uuid;

create function audit.make_months(ahead integer) returns void
language plpgsql security definer
set search_path = pg_catalog
as $$
declare
  month timestamptz;
  name text;
begin
  -- One node at a time.
  perform pg_advisory_xact_lock(hashtext('audit.make_months'));
  for i in 0..ahead loop
    month := date_trunc('month', now(), 'UTC') + make_interval(months => i);
    name := 'entry' || to_char(month at time zone 'UTC', '_YYYY_MM');
    if to_regclass('audit.' || name) is null then
      begin
        execute format(
          'create table audit.%I partition of audit.entry for values from (%L) to (%L)',
          name, audit.first_id_at(month), audit.first_id_at(month + interval '1 month'));
        execute format('grant select, insert on audit.%I to tongguan_app', name);
      exception when check_violation then
        raise notice 'audit.entry_rest holds rows of %, the month stays there', month;
      end;
    end if;
  end loop;
end $$;

revoke all on function audit.make_months(integer) from public;
grant execute on function audit.make_months(integer) to tongguan_app;
grant usage on schema audit to tongguan_app;
grant select, insert on all tables in schema audit to tongguan_app;

select audit.make_months(2);
