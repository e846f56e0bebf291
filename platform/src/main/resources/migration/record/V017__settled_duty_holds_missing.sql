-- What of a declaration's steps every look-up shows (duty, open holds, missing papers) is worked out once, when a step
-- arrives, and not again for each reader. Declarations that are there already are filled by the same rule.
alter table record.declaration
  add column duty jsonb,
  add column holds jsonb,
  add column missing jsonb;

update record.declaration d
set duty = (
    select jsonb_strip_nulls(jsonb_build_object('memo', s.reference, 'total', s.amount, 'currency', s.currency,
      'due', s.due, 'taxes', s.details, 'settled', exists (
        select from record.step t
        where t.declaration = s.declaration and t.step in ('duty-paid', 'guaranteed') and t.at >= s.at)))
    from record.step s
    where s.declaration = d.number and s.step = 'duty-assessed'
    order by s.at desc, s.told_rank desc, s.told_tie desc
    limit 1),
  holds = (
    select jsonb_agg(h.hold order by h.at desc, h.hold) from (
      select s.at, jsonb_strip_nulls(jsonb_build_object('reference', s.reference, 'reason', s.reason, 'at', s.at))
        as hold
      from record.step s
      where s.declaration = d.number and s.step = 'hold' and not exists (
        select from record.step l
        where l.declaration = s.declaration and l.step = 'hold-lifted' and l.reference = s.reference
          and l.at >= s.at)) h),
  missing = (
    select s.details from record.step s
    where s.declaration = d.number and s.step = 'documents-asked'
    order by s.at desc, s.told_rank desc, s.told_tie desc
    limit 1)
where d.last_step_at is not null;
