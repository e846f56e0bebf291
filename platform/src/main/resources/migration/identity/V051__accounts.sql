-- Officers' accounts. Their names are plain ASCII, so that no two look alike.
create table identity.account (
  id uuid primary key,
  name text not null unique check (name ~ '^[a-z0-9][a-z0-9._-]{2,63}$'),
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  unit text not null references identity.unit,
  clearance smallint not null default 0 check (clearance between 0 and 2),
  mail text check (mail ~ '^[^@\s]+@[^@\s]+$'),
  source text not null default 'local' check (source in ('local', 'ldap', 'oidc')),
  subject text,
  password text,
  password_set_at timestamptz,
  -- The single-use secret with which its owner sets a password: first of all, or after a reset.
  setup_secret bytea,
  setup_ends_at timestamptz,
  -- What the officer's devices seal their offline records with.
  offline_key bytea not null check (length(offline_key) = 32),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_why text,
  last_login_at timestamptz,
  last_login_address text,
  refused_since int not null default 0,
  version int not null default 1,
  unique (source, subject)
);

create index account_by_unit on identity.account (unit, name);

create table identity.holding (
  account uuid not null references identity.account,
  role text not null references identity.role,
  scope text not null check (scope in ('own', 'all')),
  primary key (account, role)
);
