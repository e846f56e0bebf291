-- A device changes hands: who gave, who took, and how both signed on the screen.
create table fleet.hand_over (
  id uuid primary key,
  device uuid not null references fleet.device,
  kind text not null check (kind in ('hand-out', 'return')),
  giver uuid not null references identity.account,
  taker uuid not null references identity.account,
  at timestamptz not null default now(),
  -- Strokes as they were drawn: [[[x,y],...],...] within a square of 1000.
  giver_signature jsonb not null,
  taker_signature jsonb not null,
  accessories text not null default '' check (length(accessories) <= 500),
  condition text not null default '' check (length(condition) <= 500),
  check (giver <> taker)
);

create index hand_over_of_device on fleet.hand_over (device, at desc);
