-- One call of a vessel (key IMO/voyage) or one flight on one date (key flight/date).
create table record.voyage (
  key text primary key check (length(key) between 3 and 40),
  mode text not null check (mode in ('sea', 'air')),
  imo text check (imo ~ '^[0-9]{7}$'),
  voyage_number text,
  flight text,
  flight_date date,
  vessel_name record.told_text,
  registration record.told_text,
  carrier record.told_text,
  load_port record.told_text,
  discharge_port record.told_text,
  terminal record.told_text,
  eta record.told_time,
  ata record.told_time,
  etd record.told_time,
  atd record.told_time,
  check ((mode = 'sea') = (imo is not null and voyage_number is not null)),
  check ((mode = 'air') = (flight is not null and flight_date is not null))
);
create index voyage_by_registration on record.voyage (((registration).value)) where registration is not null;
create index voyage_by_arrival
  on record.voyage ((coalesce((ata).value, (eta).value, '-infinity'::timestamptz)) desc, key desc);

-- The newest whole statement of a manifest document. A replacement or a cancellation puts every bill of the
-- same document that was told earlier off the manifest; that is decided when reading, by comparing stamps.
create table record.manifest (
  document text not null,
  sender text not null,
  voyage text not null,
  told record.told_text not null,
  cleared record.told_text,
  primary key (document, sender, voyage)
);
create index manifest_by_voyage on record.manifest (voyage);
