-- Cuts the growing tables by month, ahead of time. Called at every start and daily by every node; the
-- application's role owns no table, so the function runs as its owner. What arrives with a time outside the
-- months made so far goes to the default partition and is not lost; a month that has rows there already is left there.
create function exchange.first_id_at(moment timestamptz) returns uuid
language sql immutable strict
set search_path = pg_catalog
return rpad(lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0'), 32, '0')::uuid;

create function exchange.make_months(ahead integer) returns void
language plpgsql security definer
set search_path = pg_catalog
as $$
declare
  month timestamptz;
  name text;
  parent text;
begin
  -- One node at a time.
  perform pg_advisory_xact_lock(hashtext('exchange.make_months'));
  for i in 0..ahead loop
    month := date_trunc('month', now(), 'UTC') + make_interval(months => i);
    foreach parent in array array['message', 'transmission'] loop
      name := parent || to_char(month at time zone 'UTC', '_YYYY_MM');
      if to_regclass('exchange.' || name) is null then
        begin
          execute format(
            'create table exchange.%I partition of exchange.%I for values from (%L) to (%L)',
            name, parent, exchange.first_id_at(month), exchange.first_id_at(month + interval '1 month'));
          execute format('grant select, insert, update, delete on exchange.%I to tongguan_app', name);
        exception when check_violation then
          raise notice 'exchange.%_rest holds rows of %, the month stays there', parent, month;
        end;
      end if;
    end loop;
  end loop;
end $$;

revoke all on function exchange.make_months(integer) from public;
grant execute on function exchange.make_months(integer) to tongguan_app;

select exchange.make_months(2);
