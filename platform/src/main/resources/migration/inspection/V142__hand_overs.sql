-- A batch that one officer hands over to a colleague: the numbers as they were scanned, each with its note. What is
-- known of them everyone looks up with their own eyes.
create table inspection.hand_over (
  id uuid primary key,
  giver uuid not null references identity.account,
  receiver uuid not null references identity.account,
  note text,
  items jsonb not null,
  given_at timestamptz not null default clock_timestamp(),
  check (giver <> receiver)
);
create index hand_over_of_receiver on inspection.hand_over (receiver, id desc);
create index hand_over_of_giver on inspection.hand_over (giver, id desc);
