-- What headquarters may set without a new version.
create table identity.policy (
  code text primary key,
  value int not null,
  least int not null,
  most int not null,
  unit text not null,
  name_zh text not null,
  name_en text not null,
  version int not null default 1,
  check (value between least and most)
);

insert into identity.policy (code, value, least, most, unit, name_zh, name_en) values
  ('lock-minutes', 0, 0, 1440, 'minutes', '密碼鎖定自動解除時間（0 為須由管理者解鎖）', 'Time after which a lock opens by itself (0: by an administrator only)'),
  ('guess-limit', 30, 5, 1000, 'tries', '同一位址十分鐘內可錯誤次數', 'Wrong log-ins from one address in ten minutes'),
  ('setup-hours', 24, 1, 168, 'hours', '設定碼有效時間', 'Life of a setup secret'),
  ('export-rows', 1000, 100, 10000, 'rows', '無須第二人核准之匯出筆數上限', 'Rows of an export that need no second person');
