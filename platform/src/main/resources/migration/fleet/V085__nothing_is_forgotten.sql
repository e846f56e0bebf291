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

-- Orders to wipe that no device has carried out yet, as far as it has proven.
create view fleet.pending_wipe as
  select device, number, body, issued_by, issued_at, sent_at, sent_times, outcome, answered_at
  from fleet.command
  where kind = 'wipe' and outcome is distinct from 'done';

create index command_pending_wipe on fleet.command (device) where kind = 'wipe' and outcome is distinct from 'done';
