-- Who was on a device last is shown in the list of devices: one probe a row.
create index session_of_device on identity.session (device, created_at desc) where device <> '';
