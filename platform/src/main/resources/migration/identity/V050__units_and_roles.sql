-- Who works where, and what each role may do. A unit's district is its own or that of the unit above it; headquarters
-- has none. A role is a set of functions × levels, written as permissions ("record.read").
create schema identity;

create table identity.unit (
  code text primary key check (code ~ '^[A-Z0-9][A-Z0-9-]{0,19}$'),
  parent text references identity.unit,
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  kind text not null check (kind in ('headquarters', 'district', 'branch', 'section', 'team')),
  district text check (district in ('A', 'B', 'C', 'D')),
  version int not null default 1,
  check ((kind = 'headquarters') = (parent is null)),
  check ((kind = 'headquarters') = (district is null))
);

insert into identity.unit (code, parent, name_zh, name_en, kind, district) values
  ('HQ', null, '關務署', 'Customs Administration', 'headquarters', null),
  ('A', 'HQ', '基隆關', 'Keelung Customs', 'district', 'A'),
  ('B', 'HQ', '高雄關', 'Kaohsiung Customs', 'district', 'B'),
  ('C', 'HQ', '臺北關', 'Taipei Customs', 'district', 'C'),
  ('D', 'HQ', '臺中關', 'Taichung Customs', 'district', 'D');

create table identity.role (
  code text primary key check (code ~ '^[a-z][a-z-]{0,39}$'),
  name_zh text not null,
  name_en text not null,
  permissions text[] not null,
  idle_seconds int not null check (idle_seconds between 30 and 3600),
  session_hours int not null check (session_hours between 1 and 24),
  second_factor boolean not null,
  version int not null default 1
);

insert into identity.role (code, name_zh, name_en, permissions, idle_seconds, session_hours, second_factor) values
  ('headquarters-administrator', '總局管理者', 'Headquarters administrator',
    '{record.read,record.export,messages.read,messages.act,accounts.read,accounts.administer,units.read,units.administer,roles.read,roles.administer,policy.read,policy.administer,audit.read,audit.export,requests.approve,exports.act,exports.approve}',
    600, 10, true),
  ('district-administrator', '關區管理者', 'District administrator',
    '{record.read,record.export,messages.read,accounts.read,accounts.administer,units.read,roles.read,audit.read,requests.approve,exports.act,exports.approve}',
    600, 10, true),
  ('officer', '一般使用者', 'Officer', '{record.read,record.export,messages.read}', 900, 12, false),
  ('anti-smuggling-officer', '查緝人員', 'Anti-smuggling officer', '{record.read,record.export}', 600, 12, false);
