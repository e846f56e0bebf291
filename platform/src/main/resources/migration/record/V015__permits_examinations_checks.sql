create table record.permit (
  number text primary key,
  voyage text not null,
  scope text not null check (scope in ('all', 'part')),
  office text,
  terminal text,
  issued_at timestamptz not null,
  valid_until timestamptz,
  containers text[],
  bills text[],
  cancelled boolean not null,
  source text not null,
  told_at timestamptz not null,
  told_rank smallint not null,
  told_tie bigint not null,
  message uuid not null
);
create index permit_by_voyage on record.permit (voyage);
create index permit_by_issue on record.permit (issued_at desc, number);

create table record.examination (
  number text primary key,
  declaration text not null,
  containers text[] not null,
  method text not null check (method in ('M', 'X')),
  office text,
  result text not null check (result in ('assigned', 'conform', 'discrepancy', 'seized', 'more')),
  packages_opened integer,
  findings jsonb,
  remark text,
  cancelled boolean not null,
  source text not null,
  told_at timestamptz not null,
  told_rank smallint not null,
  told_tie bigint not null,
  message uuid not null
);
create index examination_by_declaration on record.examination (declaration);
create index examination_by_container on record.examination using gin (containers);
create index examination_by_time on record.examination (told_at desc, number);

create table record.bonded_check (
  number text primary key,
  premises_number text not null,
  premises_name text not null,
  premises_kind text not null check (premises_kind in ('factory', 'warehouse', 'free-port')),
  company text not null,
  result text not null check (result in ('planned', 'conform', 'discrepancy')),
  declarations text[] not null,
  containers text[] not null,
  items jsonb,
  remark text,
  cancelled boolean not null,
  source text not null,
  told_at timestamptz not null,
  told_rank smallint not null,
  told_tie bigint not null,
  message uuid not null
);
create index bonded_check_by_company on record.bonded_check (company);
create index bonded_check_by_container on record.bonded_check using gin (containers);
create index bonded_check_by_declaration on record.bonded_check using gin (declarations);
create index bonded_check_by_time on record.bonded_check (told_at desc, number);

-- Companies by their number (統一編號), with the newest name that was told.
create table record.company (
  number text primary key check (number ~ '^[0-9]{8}$'),
  name record.told_text not null
);
