-- Passkeys: public keys only. data is the attested credential data (WebAuthn §6.5.1) as the authenticator sent it.
create table identity.passkey (
  id uuid primary key,
  account uuid not null references identity.account,
  credential bytea not null unique check (length(credential) between 1 and 1023),
  data bytea not null,
  name text not null check (name <> ''),
  -- Stays 0 with authenticators that do not count.
  sign_count bigint not null,
  backup_eligible boolean not null,
  backed_up boolean not null,
  created_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz
);

create index passkey_by_account on identity.passkey (account);

-- Challenges that are still open. One is deleted by whoever uses it, so that it holds once on all nodes together.
create table identity.passkey_challenge (
  challenge bytea primary key check (length(challenge) = 32),
  purpose text not null check (purpose in ('add', 'use')),
  -- Empty where the passkey itself says whose it is.
  account uuid references identity.account,
  ends_at timestamptz not null
);

create index passkey_challenge_by_end on identity.passkey_challenge (ends_at);
