-- The one rule of unit and device: an officer uses devices of the own unit or of a unit above it, and those that are on
-- loan to one of these at this moment. A function, so that whatever statement decides asks the same rule.
create function fleet.fits(the_device uuid, officers_unit text) returns boolean
language sql stable
begin atomic
  with recursive own_or_above (code) as (
    select officers_unit
    union
    select u.parent from identity.unit u join own_or_above o on o.code = u.code where u.parent is not null
  )
  select exists (
    select from fleet.device d
    where d.id = the_device
      and (d.unit in (select code from own_or_above)
        or exists (
          select from fleet.loan l
          where l.device = d.id and l.ended_at is null
            and l.since <= clock_timestamp() and l.until > clock_timestamp()
            and l.unit in (select code from own_or_above))));
end;
