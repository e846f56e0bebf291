-- What an officer is told at log-in, so that they notice that someone else was at their account: when and where it was
-- used before, and how many tries were refused since.
alter table identity.session
  add previous_at timestamptz,
  add previous_address text,
  add refused_before integer not null default 0 check (refused_before >= 0);
