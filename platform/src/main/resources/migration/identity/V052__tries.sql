-- Wrong passwords. A row for each account and place from where it is tried (a browser that the account has come in from
-- before, or any other), and one for the account as a whole ('*'). A try is taken before the password is looked at.
create table identity.tries (
  account uuid not null,
  place text not null,
  fails int not null check (fails >= 0),
  -- Tells whether another try came after one's own.
  turn bigint not null default 1,
  last_at timestamptz not null default now(),
  primary key (account, place)
);

-- Guessing over many accounts from one place.
create table identity.guess (
  source text primary key,
  since timestamptz not null default now(),
  fails int not null
);

-- Browsers from which an account has come in before.
create table identity.browser (
  account uuid not null references identity.account,
  secret bytea not null,
  since timestamptz not null default now(),
  last_at timestamptz not null default now(),
  primary key (account, secret)
);
