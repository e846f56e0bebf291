-- The systems that may send: one credential each. A relay (an import by hand, a message hub) may carry the
-- messages of others; everybody else speaks for itself only.
create schema if not exists exchange;

create table exchange.sender (
  id text primary key check (id ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,34}$'),
  name_zh text not null,
  name_en text not null,
  -- How much it is trusted: core system 3, other agency or terminal 2, carrier 1.
  rank smallint not null check (rank between 1 and 3),
  relay boolean not null default false,
  -- What it may tell; null is everything.
  kinds text[],
  secret bytea not null check (octet_length(secret) = 32),
  enabled boolean not null default true,
  created_at timestamptz not null default now()
);
comment on column exchange.sender.secret is 'SHA-256 of the secret, which has 192 random bits';
