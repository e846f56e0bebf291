-- Acts on declarations are functions of their own; what loosens a check takes another permission than what makes one.
update identity.role set permissions = permissions || extra.list
from (values
  ('headquarters-administrator', '{clearance.read}'::text[]),
  ('district-administrator', '{clearance.read,clearance.approve}'),
  ('officer', '{clearance.read,clearance.act}'),
  ('anti-smuggling-officer', '{clearance.read}')
) as extra (role, list)
where code = extra.role;
