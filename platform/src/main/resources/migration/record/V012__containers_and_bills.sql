create table record.container (
  number text primary key check (length(number) between 4 and 17),
  check_digit text not null check (check_digit in ('ok', 'wrong', 'none')),
  size_type record.told_text,
  first_seen timestamptz not null
);

-- The goods under one bill on one voyage: a bill split over two voyages has two rows.
-- key is the master's number, or master/house.
create table record.bill (
  key text not null,
  voyage text not null,
  master text not null,
  house text,
  document text,
  sender text not null,
  cancelled boolean not null,
  goods text,
  packages integer check (packages >= 0),
  package_unit text,
  gross_kg numeric(14, 3) check (gross_kg >= 0),
  consignor text,
  consignee text,
  consignee_company text,
  notify_party text,
  load_port text,
  discharge_port text,
  place_of_delivery text,
  dangerous jsonb,
  told_at timestamptz not null,
  told_rank smallint not null,
  told_tie bigint not null,
  message uuid not null,
  primary key (key, voyage),
  check (key = master or key = master || '/' || house)
);
create index bill_by_house on record.bill (house) where house is not null;
create index bill_by_master on record.bill (master) where house is not null;
create index bill_by_voyage on record.bill (voyage, key);
create index bill_by_company on record.bill (consignee_company) where consignee_company is not null;

create table record.bill_container (
  bill text not null,
  voyage text not null,
  container text not null,
  full_load boolean,
  packages integer,
  gross_kg numeric(14, 3),
  seals text[],
  told_at timestamptz not null,
  told_rank smallint not null,
  told_tie bigint not null,
  primary key (container, bill, voyage)
);
create index bill_container_by_bill on record.bill_container (bill, voyage);

-- Where a vessel carries a container: bay, row and tier of the newest bay plan.
create table record.stowage (
  voyage text not null,
  container text not null,
  cell text,
  load_port text,
  discharge_port text,
  full_load boolean,
  gross_kg numeric(14, 3),
  told_at timestamptz not null,
  told_rank smallint not null,
  told_tie bigint not null,
  message uuid not null,
  primary key (container, voyage)
);
create index stowage_by_voyage on record.stowage (voyage);
