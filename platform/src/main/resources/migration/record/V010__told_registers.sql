-- A value that several sources may tell: the newest event time wins, ties by the source's rank, then by
-- the message's hash. The stamp comes first in each type, so that greatest(a, b) of two composites IS that
-- rule: commutative, associative and idempotent, whatever order messages arrive in.
create schema if not exists record;

create type record.told_text as (at timestamptz, rank smallint, tie bigint, value text);

create type record.told_time as (at timestamptz, rank smallint, tie bigint, value timestamptz);
