-- What each message told, in the order in which it was applied: readers that follow the record (screening,
-- statistics) keep a cursor on seq. Grows without end, so it is cut by month.
create table record.fact (
  seq bigint generated always as identity,
  logged_at timestamptz not null default now(),
  message uuid not null,
  subject text not null,
  key text not null,
  what text not null,
  at timestamptz not null,
  primary key (logged_at, seq)
) partition by range (logged_at);
create index fact_by_message on record.fact (message);
create table record.fact_rest partition of record.fact default;
