-- One declaration. The document's columns are those of its newest statement; they are empty while only
-- replies to it have arrived. The settled columns are a function of the set of its steps and are
-- written anew whenever a step arrives (see RecordStore).
create table record.declaration (
  number text primary key check (length(number) = 14),
  direction text check (direction in ('import', 'export')),
  declaration_kind text,
  office text not null,
  trader text,
  trader_company text,
  counterparty text,
  declarant text,
  declarant_company text,
  box_number text,
  voyage text,
  load_port text,
  discharge_port text,
  origin text,
  packages integer,
  package_unit text,
  gross_kg numeric(14, 3),
  invoice_amount numeric(16, 2),
  invoice_currency text,
  items jsonb,
  told_at timestamptz,
  told_rank smallint,
  told_tie bigint,
  message uuid,
  -- settled
  phase text not null default 'lodged',
  channel text,
  waiting_for text[] not null default '{acceptance}',
  next_step text,
  lodged_at timestamptz,
  released_at timestamptz,
  last_step_at timestamptz
);
create index declaration_by_lodging
  on record.declaration ((coalesce(lodged_at, '-infinity'::timestamptz)) desc, number desc);
create index declaration_by_office on record.declaration (office, lodged_at desc nulls last, number);
create index declaration_by_trader on record.declaration (trader_company, lodged_at desc)
  where trader_company is not null;
create index declaration_open on record.declaration (phase, lodged_at desc)
  where phase not in ('out', 'released');
create index declaration_by_release on record.declaration (released_at desc, number desc) where released_at is not null;
create index declaration_by_voyage on record.declaration (voyage) where voyage is not null;

create table record.declaration_bill (
  declaration text not null,
  bill text not null,
  told_at timestamptz not null,
  told_rank smallint not null,
  told_tie bigint not null,
  primary key (bill, declaration)
);
create index declaration_bill_by_declaration on record.declaration_bill (declaration);

create table record.declaration_container (
  declaration text not null,
  container text not null,
  told_at timestamptz not null,
  told_rank smallint not null,
  told_tie bigint not null,
  primary key (container, declaration)
);
create index declaration_container_by_declaration on record.declaration_container (declaration);

-- What happened to a declaration, each step once.
create table record.step (
  declaration text not null,
  at timestamptz not null,
  step text not null,
  reference text not null default '',
  channel text,
  reason text,
  amount numeric(16, 2),
  currency text,
  due timestamptz,
  details jsonb,
  source text not null,
  told_rank smallint not null,
  told_tie bigint not null,
  message uuid not null,
  primary key (declaration, at, step, reference)
);
