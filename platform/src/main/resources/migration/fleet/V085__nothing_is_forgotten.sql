-- A wipe that was ordered stands until the device has answered, under its own signature, that it is done (P4): no row
-- of a device, of a loss or of an order to wipe can be deleted, and no other end be written on such an order.
create function fleet.is_kept() returns trigger
language plpgsql as $$
begin
  raise exception 'what was handed out, lost or ordered to be wiped is not deleted' using errcode = '23001';
end $$;

create trigger device_is_kept before delete on fleet.device for each row execute function fleet.is_kept();
create trigger loss_is_kept before delete on fleet.loss for each row execute function fleet.is_kept();
create trigger wipe_is_kept before delete on fleet.command
  for each row when (old.kind = 'wipe') execute function fleet.is_kept();

alter table fleet.command
  add constraint wipe_is_not_superseded check (kind <> 'wipe' or outcome is distinct from 'superseded');

-- Orders to wipe that their device has not carried out yet, as far as it has proven. One that failed is settled by a
-- later one that was done; nothing else settles it.
create view fleet.pending_wipe as
  select w.device, w.number, w.body, w.issued_by, w.issued_at, w.sent_at, w.sent_times, w.outcome, w.answered_at
  from fleet.command w
  where w.kind = 'wipe' and w.outcome is distinct from 'done'
    and not exists (
      select from fleet.command later
      where later.device = w.device and later.kind = 'wipe' and later.outcome = 'done' and later.number > w.number);

create index command_wipe on fleet.command (device, number) where kind = 'wipe';
