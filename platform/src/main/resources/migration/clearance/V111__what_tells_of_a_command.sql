-- A core system that has carried an act out tells of it by a step of the declaration, later and by another way than its
-- answer. Until that step is in the record, the record must not be believed when it says what may be done next.
alter table clearance.command
  -- The step that will tell of it, and how many such steps the record had when the act was confirmed. Empty for commands of
  -- the version before, which are taken for told.
  add column step text,
  add column steps_before int,
  -- Whether it may ever have arrived: what certainly has not may be stopped here.
  add column uncertain boolean not null default false,
  add check ((step is null) = (steps_before is null));
