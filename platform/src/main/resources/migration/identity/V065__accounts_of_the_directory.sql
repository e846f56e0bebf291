-- Accounts whose password somebody else keeps. Such an account names who it is there, has no password here, not even one
-- to be set, and nobody there has two accounts here. Directories do not tell upper from lower case in names.
alter table identity.account
  add constraint account_subject check ((source = 'local') = (subject is null)),
  add constraint account_password_elsewhere check (source = 'local' or (password is null and setup_secret is null));

create unique index account_by_subject on identity.account (source, lower(subject)) where source = 'ldap';
