-- What customs administration lets others use: the schema desk. What it keeps for itself: the schema house.
create schema if not exists house;
create schema if not exists desk;

create table if not exists house.account (
  name text primary key,
  salt text not null,
  digest bytea not null,
  wrong int not null default 0
);

create table if not exists house.token (
  token text primary key,
  name text not null,
  until timestamptz not null
);

create table if not exists desk.inbox (
  key uuid primary key,
  officer text not null,
  declaration text not null,
  act text not null,
  body jsonb not null,
  confirmed_at timestamptz not null,
  arrived_at timestamptz not null default clock_timestamp()
);

create table if not exists house.outcome (
  key uuid primary key,
  state text not null,
  reference text not null,
  code text not null,
  text text not null
);

create table if not exists house.event (
  number bigint primary key,
  message json not null
);

create table if not exists house.declaration (
  number text primary key,
  record json not null,
  at timestamptz not null default clock_timestamp()
);

create table if not exists house.fault (kind text not null);
insert into house.fault select '' where not exists (select from house.fault);

create or replace view desk.outcome as
select i.key,
  case f.kind when 'other' then 'ZZ  9900009999' else i.declaration end as declaration,
  coalesce(o.state, 'working') as state,
  coalesce(o.reference, '') as reference,
  coalesce(o.code, '') as code,
  case f.kind when 'huge' then repeat('x', 50 * 1024 * 1024) else coalesce(o.text, '') end as text
from desk.inbox i
cross join house.fault f
left join house.outcome o on o.key = i.key;

create or replace view desk.event as select number, message from house.event;

create or replace function desk.sign_in(who text, password text)
returns table (token text, officer text, until timestamptz, code text, text text)
language plpgsql security definer set search_path = pg_catalog as $$
declare
  known house.account;
begin
  select * into known from house.account a where a.name = who for update;
  if known.wrong >= 5 then
    return query select null::text, null::text, null::timestamptz, 'E-LOCKED'::text,
      '帳號已停用 (this account is shut)'::text;
    return;
  end if;
  if known.name is null or known.digest <> sha256(convert_to(known.salt || password, 'UTF8')) then
    update house.account a set wrong = wrong + 1 where a.name = who;
    return query select null::text, null::text, null::timestamptz, 'E-LOGIN'::text,
      '帳號或密碼錯誤 (account or password are wrong)'::text;
    return;
  end if;
  update house.account a set wrong = 0 where a.name = who;
  return query
    with made as (
      insert into house.token (token, name, until)
      values (replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), who,
        clock_timestamp() + interval '8 hours')
      returning *)
    select m.token, m.name, m.until, null::text, null::text from made m;
end $$;

create or replace function desk.sign_out(shown text) returns boolean
language sql security definer set search_path = pg_catalog as $$
  with gone as (delete from house.token t where t.token = shown returning 1)
  select exists (select from gone);
$$;

create or replace function desk.look_up(shown text, kind text, key text)
returns table (record json, record_key text, as_of timestamptz, code text, text text)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from house.token t where t.token = shown and t.until > clock_timestamp()) then
    return query select null::json, null::text, null::timestamptz, 'E-TOKEN'::text,
      '請重新登入 (sign in again)'::text;
    return;
  end if;
  return query
    select d.record,
      case (select f.kind from house.fault f) when 'other' then 'ZZ  9900009999' else d.number end,
      clock_timestamp(), null::text, null::text
    from house.declaration d
    where kind = 'declaration' and d.number = key
    union all
    select null, null, null, null, null
    where not exists (select from house.declaration d where kind = 'declaration' and d.number = key);
end $$;

do $$
begin
  if not exists (select from pg_roles where rolname = 'tongguan') then
    create role tongguan login noinherit;
  end if;
end $$;
revoke all on all functions in schema desk from public;
grant usage on schema desk to tongguan;
grant select (key), insert (key, officer, declaration, act, body, confirmed_at) on desk.inbox to tongguan;
grant select on desk.outcome, desk.event to tongguan;
grant execute on all functions in schema desk to tongguan;
