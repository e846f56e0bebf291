-- Who looks after a declaration, and by when customs wants its next step done: what officers' work lists are made of.
create table clearance.assignment (
  declaration text primary key check (length(declaration) = 14),
  officer uuid not null references identity.account,
  officer_name text not null,
  given_by text not null,
  given_at timestamptz not null default clock_timestamp()
);
create index assignment_of_officer on clearance.assignment (officer, declaration);

-- Whether the next step is customs' own; the trader pays, mends and fetches.
create function clearance.is_ours(next_step text, waiting_for text[]) returns boolean
  language sql immutable parallel safe
  return next_step in ('accepted', 'channel', 'documents-reviewed', 'examination-assigned', 'examined', 'valued',
    'duty-assessed', 'released') and not waiting_for && '{hold,correction}';

-- How long a step may take after the one before it; what has no such time comes last. Hours only, so that no time zone
-- has a say in it. A memo's own date is its deadline.
create function clearance.due(next_step text, waiting_for text[], since timestamptz, duty jsonb) returns timestamptz
  language sql immutable parallel safe
  return case
    when next_step = 'duty-paid' then coalesce((duty ->> 'due')::timestamptz, 'infinity')
    when not clearance.is_ours(next_step, waiting_for) then 'infinity'
    else coalesce(since + case next_step
      when 'accepted' then interval '2 hours'
      when 'channel' then interval '2 hours'
      when 'documents-reviewed' then interval '24 hours'
      when 'examination-assigned' then interval '4 hours'
      when 'examined' then interval '24 hours'
      when 'valued' then interval '24 hours'
      when 'duty-assessed' then interval '4 hours'
      when 'released' then interval '4 hours' end, 'infinity')
    end;

-- What is open, the most urgent first. The expression is that of the work lists' statement.
create index declaration_work
  on record.declaration (clearance.due(next_step, waiting_for, last_step_at, duty), number)
  where phase in ('lodged', 'accepted', 'documents', 'examination', 'valuation', 'duty', 'ready');
