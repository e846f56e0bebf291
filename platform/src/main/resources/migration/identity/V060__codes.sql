-- Second factors: codes by time (RFC 6238), whose secrets are sealed with a key that is not in the database, and
-- recovery codes. last_step is the newest step of which a code was taken, so that each works once.
create table identity.totp (
  account uuid primary key references identity.account,
  secret bytea,
  -- A new secret of which no code has been shown yet; the one in use goes on until then.
  pending bytea,
  last_step bigint not null default 0
);

create table identity.recovery_code (
  account uuid not null references identity.account,
  digest bytea not null,
  used_at timestamptz,
  primary key (account, digest)
);
