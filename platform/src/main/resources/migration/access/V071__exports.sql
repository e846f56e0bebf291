-- What one officer took away on one day (of Taiwan) without a second person, so that a large export is not taken in
-- small pieces; and the exports that two persons agreed on, each good once.
create table access.exported (
  account uuid not null,
  day date not null,
  rows bigint not null check (rows >= 0),
  primary key (account, day)
);

create table access.export_grant (
  id uuid primary key,
  account uuid not null,
  list text not null,
  filters text not null,
  ends_at timestamptz not null,
  used_at timestamptz
);
