-- Bonded checks 保稅查核 as officers carry them out: planned with the figures of the books, done on the spot, closed with a
-- signature. From closing on nothing of a visit changes; its report is kept as it was made, so that its hash in the audit
-- can be held against it for ever.
create schema bonded;

create table bonded.visit (
  id uuid primary key,
  premises_number text not null check (premises_number ~ '^[A-Z][A-D][0-9][A-Z0-9]{1,12}$'),
  premises_name text not null,
  premises_kind text not null check (premises_kind in ('factory', 'warehouse', 'free-port')),
  company text not null check (company ~ '^[0-9]{8}$'),
  planned_for date not null,
  officer uuid not null references identity.account,
  officer_name text not null,
  -- What is to be counted, with the figures of the books.
  items jsonb not null,
  planned_by uuid not null references identity.account,
  planned_at timestamptz not null default clock_timestamp(),
  districts int not null generated always as (record.or_everywhere(record.place_district(premises_number))) stored,
  -- What was found.
  result text check (result in ('conform', 'discrepancy')),
  counts jsonb,
  checklist jsonb,
  remark text,
  signer text,
  signature jsonb,
  closed_by uuid references identity.account,
  closed_at timestamptz,
  report bytea,
  report_sha256 bytea check (length(report_sha256) = 32),
  check ((closed_at is null) = (result is null) and (closed_at is null) = (report is null)
    and (closed_at is null) = (counts is null) and (closed_at is null) = (signature is null))
);
create index visit_by_plan on bonded.visit (planned_for desc, id desc);
create index visit_open on bonded.visit (planned_for, id) where closed_at is null;
-- Packed already.
alter table bonded.visit alter column report set storage external;
