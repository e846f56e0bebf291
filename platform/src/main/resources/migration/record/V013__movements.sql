-- What happened to a container, where and when. The four of the key are what a repeated or amended report
-- shares with the first one.
create table record.movement (
  container text not null,
  at timestamptz not null,
  movement text not null check (
    movement in ('discharge', 'load', 'gate-in', 'gate-out', 'transfer', 'seal', 'unseal')),
  place text not null,
  place_to text,
  full_load boolean,
  gross_kg numeric(14, 3),
  seals text[],
  voyage text,
  bill text,
  declaration text,
  truck text,
  cancelled boolean not null,
  source text not null,
  told_at timestamptz not null,
  told_rank smallint not null,
  told_tie bigint not null,
  message uuid not null,
  primary key (container, at, movement, place)
);
create index movement_by_time on record.movement (at desc, container);
create index movement_by_place on record.movement (place, at desc);
create index movement_by_voyage on record.movement (voyage, at desc) where voyage is not null;

-- Seals as they were seen, for the look-up by a seal's number.
create table record.seal (
  number text not null,
  container text not null,
  seen_at timestamptz not null,
  primary key (number, container)
);
create index seal_by_container on record.seal (container);
