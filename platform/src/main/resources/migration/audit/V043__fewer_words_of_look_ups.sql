-- Most entries are look-ups, and an index that names each of them to tell them from the rest costs every look-up: who
-- asks for those reads the log in its own order.
drop index audit.entry_by_act;
create index entry_by_act on audit.entry (act, xid, id) where act <> 'query';
