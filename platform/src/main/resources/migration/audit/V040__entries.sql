-- What happened. The application may add and read, and nothing else.
create schema audit;

create table audit.entry (
  id uuid not null,
  at timestamptz not null default clock_timestamp(),
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
  details jsonb not null,
  correlation text not null,
  primary key (id)
);

grant usage on schema audit to tongguan_app;
grant select, insert on all tables in schema audit to tongguan_app;
