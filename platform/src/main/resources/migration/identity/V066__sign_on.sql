-- Attempts to come in by the sign-on service, from leaving for it to coming back. Each is good once, for ten minutes, and
-- for the browser that began it.
create table identity.sign_on (
  state bytea primary key,
  browser bytea not null,
  nonce text not null,
  -- What only who began it can show together with the code (RFC 7636).
  verifier text not null,
  begun_at timestamptz not null default clock_timestamp()
);

create index sign_on_by_time on identity.sign_on (begun_at);
