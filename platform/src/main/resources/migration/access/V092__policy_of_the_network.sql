-- How long a session on the private APN may last, and how long it may carry nothing.
insert into identity.policy (code, value, least, most, unit, name_zh, name_en) values
  ('apn-session-hours', 12, 1, 168, 'hours', '專屬網路單次連線時間上限', 'Longest session on the private APN'),
  ('apn-idle-minutes', 30, 1, 1440, 'minutes', '專屬網路閒置斷線時間', 'After how long without traffic a session on the private APN ends');
