-- A flag for inspection is a command like any other, and so is lifting it. Like a hold it waits for no other act: a
-- release that is on its way is the very reason to hurry.
drop index clearance.command_open;
create unique index command_open on clearance.command (declaration)
  where state in ('waiting', 'sending', 'sent', 'unknown', 'parked') and act not in ('hold', 'seize', 'flag', 'lift-flag');

create index command_flag on clearance.command (declaration, id desc) where act in ('flag', 'lift-flag');

-- How a flag ended; null while it stands. It stands from its confirmation on, before the core system has heard of it,
-- and falls when the core system does not take it: lost. What counts as inspected is what the flag asked for, told by
-- the core system as having happened since.
create function clearance.flag_outcome(flag clearance.command) returns text
  language sql stable parallel safe
  return case
    when (flag).state in ('refused', 'given-up') then 'lost'
    when exists (
      select from clearance.command l
      where l.declaration = (flag).declaration and l.act = 'lift-flag' and l.state = 'done'
        and (l.input ->> 'flag')::uuid = (flag).id) then 'lifted'
    when exists (
      select from record.step s
      where s.declaration = (flag).declaration and s.at > (flag).confirmed_at
        and s.step = case (flag).input ->> 'kind' when 'document' then 'documents-reviewed' else 'examined' end)
      then 'inspected'
  end;
