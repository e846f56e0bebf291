-- Photos taken of goods. A row is what was announced of a photo; its bytes come in pieces and lie in the database, so
-- that every node can serve them and a backup has them. A photo counts once all of it is there and its hash was seen
-- to be right; from then on nothing of it changes.
create schema photo;

create table photo.photo (
  id uuid primary key,
  declaration text not null check (length(declaration) = 14),
  sha256 bytea not null check (length(sha256) = 32),
  bytes int not null check (bytes > 0),
  received int not null default 0,
  -- What its own first bytes say that it is; known once it is whole.
  media_type text,
  width int,
  height int,
  -- When and where the device says that it was taken.
  taken_at timestamptz not null,
  latitude numeric(8, 6) check (latitude between -90 and 90),
  longitude numeric(9, 6) check (longitude between -180 and 180),
  accuracy_m numeric(8, 1) check (accuracy_m >= 0),
  officer uuid not null references identity.account,
  officer_name text not null,
  begun_at timestamptz not null default clock_timestamp(),
  whole_at timestamptz,
  check (received between 0 and bytes),
  check ((latitude is null) = (longitude is null)),
  check ((whole_at is null) = (media_type is null) and (whole_at is null or received = bytes)),
  -- One officer's photo of one declaration is there once, however often its upload is begun.
  unique (declaration, sha256, officer)
);
create index photo_unfinished on photo.photo (officer, begun_at) where whole_at is null;

create table photo.piece (
  photo uuid not null references photo.photo on delete cascade,
  at int not null check (at >= 0),
  content bytea not null,
  primary key (photo, at)
);
-- Pictures are packed already.
alter table photo.piece alter column content set storage external;
