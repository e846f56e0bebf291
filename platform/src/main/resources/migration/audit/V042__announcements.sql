-- Entries of reads that are still at work. A read's entry is written while the read runs, so that its answer need not
-- wait for the disk afterwards; how many records it found is not known then. The whole entry follows within
-- milliseconds, and with it goes the announcement. Where it does not follow, because its node died, the announcement is
-- written into the log as it stands, without a count.
--
-- One row for all reads that were announced in one commit: the ids of their entries, and a line for each as COPY
-- writes it.
create table audit.announced (
  id uuid primary key,
  at timestamptz not null default clock_timestamp(),
  entries uuid[] not null,
  lines text not null
);
-- Lines are read once or never: compressing them would cost more than writing them.
alter table audit.announced alter column lines set storage external;
-- Rows live for milliseconds, and many a second come and go.
alter table audit.announced set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 100000, toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 8000);

-- The application may not delete anything of the log. It may say that announcements are settled, and those go of which
-- every entry stands in the log.
create function audit.settle(announcements uuid[]) returns void
language sql security definer
set search_path = pg_catalog
as $$
  delete from audit.announced a
  where a.id = any (announcements)
    and cardinality(a.entries) = (select count(*) from audit.entry e where e.id = any (a.entries))
$$;

-- Writes into the log what was announced longer ago than any read takes, and settles it; gives the number of entries.
create function audit.recover(age interval) returns bigint
language plpgsql security definer
set search_path = pg_catalog
as $$
declare
  recovered bigint;
begin
  with stale as (
    select a.at, a.lines from audit.announced a
    where a.at < clock_timestamp() - age
    order by a.at limit 1000 for update skip locked),
  field as (
    select stale.at, string_to_array(replace(line, '\\', '\'), e'\t') as f
    from stale, string_to_table(stale.lines, e'\n') line)
  insert into audit.entry (at, id, node_at, act, outcome, code, account, name, unit, device, address, session, record,
    results, details, correlation)
  select at, f[1]::uuid, f[2]::timestamptz, f[3], f[4], f[5], f[6], f[7], f[8], f[9], f[10], f[11], f[12],
    f[13]::bigint, f[14], f[15]
  from field
  on conflict do nothing;
  get diagnostics recovered = row_count;
  delete from audit.announced a
  where a.at < clock_timestamp() - age
    and cardinality(a.entries) = (select count(*) from audit.entry e where e.id = any (a.entries));
  return recovered;
end $$;

revoke all on function audit.settle(uuid[]), audit.recover(interval) from public;
grant execute on function audit.settle(uuid[]), audit.recover(interval) to tongguan_app;
grant select, insert on audit.announced to tongguan_app;
