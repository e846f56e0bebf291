-- What an applied message left out or read over: its sender and the officers are told, the record is not touched by it.
alter table exchange.message add column warnings jsonb;
