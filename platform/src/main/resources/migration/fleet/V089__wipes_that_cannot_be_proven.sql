-- A device whose key is gone, with its disk or because it never had a steward, cannot sign that it wiped itself. Two
-- persons who have it before them may say that the proof is waived; the order then ends as waived, never as done.
create table fleet.wipe_waiver (
  device uuid not null,
  number bigint not null,
  asked_by uuid not null references identity.account,
  agreed_by uuid not null references identity.account,
  at timestamptz not null default clock_timestamp(),
  reason text not null,
  primary key (device, number),
  foreign key (device, number) references fleet.command (device, number),
  check (asked_by <> agreed_by)
);

create trigger waiver_is_kept before delete or update on fleet.wipe_waiver
  for each row execute function fleet.is_kept();

alter table fleet.command drop constraint command_outcome_check;
alter table fleet.command add constraint command_outcome_check
  check (outcome in ('done', 'refused', 'failed', 'superseded', 'expired', 'waived'));

-- Nobody ends an order to wipe alone: not even this platform's own statements.
create function fleet.is_waived() returns trigger
language plpgsql as $$
begin
  if not exists (select from fleet.wipe_waiver v where v.device = new.device and v.number = new.number) then
    raise exception 'two persons waive the proof of a wipe' using errcode = '23001';
  end if;
  return new;
end $$;

create trigger wipe_is_waived_by_two before insert or update on fleet.command
  for each row when (new.outcome = 'waived') execute function fleet.is_waived();

-- As before, and what was waived is settled, with what had failed before it.
create or replace view fleet.pending_wipe as
  select w.device, w.number, w.body, w.issued_by, w.issued_at, w.sent_at, w.sent_times, w.outcome, w.answered_at
  from fleet.command w
  where w.kind = 'wipe' and (w.outcome is null or w.outcome not in ('done', 'waived'))
    and not exists (
      select from fleet.command later
      where later.device = w.device and later.kind = 'wipe' and later.outcome in ('done', 'waived')
        and later.number > w.number);
