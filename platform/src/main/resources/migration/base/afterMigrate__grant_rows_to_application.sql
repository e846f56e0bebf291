-- Every schema of a room, the tables there now: rows only. Growing tables that nobody may change take rights away
-- again in their own migrations' callbacks.
do $$
declare
  room text;
begin
  for room in select nspname from pg_namespace
    where nspname in ('record', 'exchange', 'identity', 'fleet', 'access', 'core', 'clearance', 'photo', 'examination', 'bonded', 'field', 'inspection') loop
    execute format('grant usage on schema %I to tongguan_app', room);
    execute format('grant select, insert, update, delete on all tables in schema %I to tongguan_app', room);
    execute format('grant usage on all sequences in schema %I to tongguan_app', room);
  end loop;
end $$;
