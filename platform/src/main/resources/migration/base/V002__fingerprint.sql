-- The digest of the migrations that were run last, so that a start which has nothing to migrate finds out in one
-- statement.
create table base.fingerprint (
  one boolean primary key default true check (one),
  digest text not null,
  migrations bigint not null
);
