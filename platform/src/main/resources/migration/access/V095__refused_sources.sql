-- How often a network address or a device was refused of late, so that repetition raises an alarm on whatever node it
-- comes to. Unlogged would forget at a crash what an attacker may want forgotten.
create table access.refused_source (
  source text primary key,
  since timestamptz not null default clock_timestamp(),
  count int not null
);

create index refused_source_since on access.refused_source (since);
