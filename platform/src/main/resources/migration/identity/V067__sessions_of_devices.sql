-- A session of a field device is bound to the session on the private APN that carries it, too: when that ends, or
-- another one takes its address, the officer's session ends with it.
alter table identity.session add column network text not null default '';

create index session_by_device on identity.session (device) where ended_at is null and device <> '';
create index session_by_network on identity.session (network) where ended_at is null and network <> '';

insert into identity.policy (code, value, least, most, unit, name_zh, name_en) values
  ('sim-in-other-device', 0, 0, 1, 'choice', 'SIM 卡插於其他設備（0 拒絕，1 放行並告警）', 'A SIM in another device than its own (0: refuse, 1: let in and raise an alarm)'),
  ('apn-silence-minutes', 20, 2, 1440, 'minutes', '專屬網路連線無計費更新之失效時間', 'After how long without accounting a session on the private APN counts as gone'),
  ('device-certificate-days', 90, 1, 825, 'days', '設備憑證效期', 'Life of a device certificate'),
  ('enrolment-minutes', 15, 1, 120, 'minutes', '設備註冊碼效期', 'Life of an enrolment code'),
  ('heartbeat-seconds', 60, 5, 600, 'seconds', '行動e管家回報間隔', 'How often a steward reports'),
  ('steward-silence-seconds', 180, 15, 3600, 'seconds', '行動e管家無回報即停止服務之時間', 'After how long without its steward’s report a notebook or tablet is refused'),
  ('silence-lock-hours', 8, 1, 168, 'hours', '設備失聯自動鎖定時間', 'After how long without contact a device locks itself'),
  ('silence-wipe-days', 30, 1, 365, 'days', '設備失聯自動清除時間', 'After how long without contact a device wipes itself');
