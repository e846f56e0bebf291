-- The held stream of each device: the newest one, on whichever node. What asks on behalf of all streams of a node starts
-- from what changed a moment ago and finds here whether it concerns a stream of its own.
create table fleet.stream (
  device uuid primary key references fleet.device,
  stream uuid not null,
  node uuid not null,
  -- The certificate that it was opened with.
  serial bytea not null references fleet.certificate,
  opened_at timestamptz not null default clock_timestamp(),
  -- The one before it, where that was on another node, which has to end it.
  taken_from uuid,
  taken_stream uuid
) with (fillfactor = 70);

create index stream_of_node on fleet.stream (node);
create index stream_taken on fleet.stream (taken_from, opened_at) where taken_from is not null;

create index device_changed on fleet.device (changed_at);

-- For whom each device was told last to be open; the row goes when it was told to lock.
create table fleet.granted (
  device uuid primary key references fleet.device,
  session uuid not null,
  number bigint not null,
  foreign key (device, number) references fleet.command (device, number)
) with (fillfactor = 70);
