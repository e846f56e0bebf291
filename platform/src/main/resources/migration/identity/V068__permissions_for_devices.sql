-- Devices and the networks they come in by are functions of their own. Every officer may report a device lost.
update identity.role set permissions = permissions || extra.list
from (values
  ('headquarters-administrator', '{devices.read,devices.act,devices.administer,devices.approve,network.read,network.administer}'::text[]),
  ('district-administrator', '{devices.read,devices.act,devices.administer,devices.approve,network.read}'),
  ('officer', '{devices.act}'),
  ('anti-smuggling-officer', '{devices.act}')
) as extra (role, list)
where code = extra.role;
