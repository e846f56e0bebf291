-- How secret a message says that it is (0 ordinary, 1 secret, 2 confidential): its raw text tells what its records tell.
alter table exchange.message
  add column classification smallint not null default 0 check (classification between 0 and 2);
