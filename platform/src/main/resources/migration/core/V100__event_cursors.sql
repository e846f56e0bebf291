-- How far the events of each core system have been fetched and stored, and which node is at it.
create schema core;

create table core.cursor (
  system text primary key check (system ~ '^[a-z][a-z0-9-]{0,29}$'),
  -- As the system itself gave it; empty before the first events.
  position text not null default '' check (length(position) <= 200),
  moved_at timestamptz,
  -- The node that fetches, as long as it says so again in time; a node that dies is followed by another.
  holder uuid,
  held_until timestamptz not null default '-infinity'
);
comment on column core.cursor.position is 'moves only after what came with it is stored, so that a crash fetches it again';
