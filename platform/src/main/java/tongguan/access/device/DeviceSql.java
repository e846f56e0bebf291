package tongguan.access.device;

/** Parts of the statements that show devices; PostgreSQL puts the JSON together. */
final class DeviceSql {
  private DeviceSql() {}

  /** A unit and those below it. */
  static final String BELOW =
      """
      (with recursive below (code) as (
        select ?::text
        union
        select u.code from identity.unit u join below b on u.parent = b.code
      ) select code from below)
      """;

  /**
   * One device {@code d} with what is known of it at this moment: its SIM, what its steward said
   * last, its session on the private APN, who was on it last, an open loss. An index probe each.
   */
  static final String ITEM =
      """
      json_build_object(
        'id', d.id, 'serial', d.serial, 'kind', d.kind, 'model', d.model, 'state', d.state,
        'unit', d.unit, 'unitNameZh', u.name_zh, 'unitNameEn', u.name_en, 'imei', d.imei,
        'macs', array(select m.mac from fleet.mac m where m.device = d.id order by m.mac),
        'version', d.version,
        'holder', (
          select json_build_object('account', a.name, 'nameZh', a.name_zh, 'nameEn', a.name_en)
          from identity.account a where a.id = d.holder),
        'sim', (
          select json_build_object('id', s.id, 'iccid', s.iccid, 'msisdn', s.msisdn,
            'address', host(s.address), 'state', s.state)
          from fleet.pairing p join fleet.sim s on s.id = p.sim
          where p.device = d.id and p.until is null),
        'contact', (
          select json_build_object('at', c.at, 'agent', c.agent, 'locked', c.locked,
            'lapsed', c.lapsed, 'tampered', c.tampered, 'battery', c.battery,
            'silent', c.at < clock_timestamp() - interval '1 second' * (
              select value from identity.policy where code = 'steward-silence-seconds'))
          from fleet.contact c where c.device = d.id),
        'network', (
          select json_build_object('address', host(n.address), 'gateway', n.gateway,
            'since', n.started_at, 'updatedAt', n.updated_at)
          from access.apn_session n where n.device = d.id and n.ended_at is null
          order by n.started_at desc limit 1),
        'lastSession', (
          select json_build_object('account', a.name, 'nameZh', a.name_zh, 'nameEn', a.name_en,
            'at', s.created_at, 'activeAt', s.active_at,
            'live', s.ended_at is null and s.ends_at > clock_timestamp())
          from identity.session s join identity.account a on a.id = s.account
          where s.device = d.id::text and s.device <> ''
          order by s.created_at desc limit 1),
        'loss', (
          select json_build_object('id', l.id, 'reportedAt', l.reported_at)
          from fleet.loss l where l.device = d.id and l.found_at is null),
        'wipePending', exists (select from fleet.pending_wipe w where w.device = d.id)
      )
      """;

  /**
   * A loss {@code l} and its steps. What the platform did is told by the step; whether the other
   * side has acknowledged it is told by the orders themselves: the gateway's answers, and the
   * device's own under its signature. A gateway that knows of no such session (RFC 5176 §3.5, error
   * cause 503) has none to end.
   */
  static final String LOSS =
      """
      json_build_object(
        'id', l.id, 'reportedAt', l.reported_at, 'reason', l.reason,
        'reportedBy', (select a.name from identity.account a where a.id = l.reported_by),
        'foundAt', l.found_at, 'foundReason', l.found_reason,
        'foundBy', (select a.name from identity.account a where a.id = l.found_by),
        'steps', array(
          select json_build_object('step', t.step, 'doneAt', t.done_at, 'details', t.details,
            'state', case t.step
              when 'gateway' then case
                when o.orders = 0 then 'nothing-to-do'
                when o.waiting > 0 then 'waiting'
                when o.given_up > 0 then 'given-up'
                when o.refused > 0 then 'refused'
                else 'acknowledged' end
              when 'wipe' then case
                when w.outcome = 'done' then 'acknowledged'
                when w.outcome is not null then w.outcome
                when w.sent_at is not null then 'sent'
                else 'waiting' end
              else case when (t.details ->> 'count')::int = 0 then 'nothing-to-do' else 'done' end
            end,
            'acknowledgedAt', case t.step
              when 'gateway' then case
                when o.orders > 0 and o.waiting + o.given_up + o.refused = 0 then o.last_answer end
              when 'wipe' then case when w.outcome = 'done' then w.answered_at end
              else t.done_at end,
            'sentAt', w.sent_at,
            'attempts', case t.step when 'gateway' then o.attempts when 'wipe' then w.sent_times end)
          from fleet.loss_step t
          left join lateral (
            select count(*) as orders, count(*) filter (where x.answer is null) as waiting,
              count(*) filter (where x.answer = 'given-up') as given_up,
              count(*) filter (
                where x.answer = 'nak' and x.error_cause is distinct from 503) as refused,
              max(x.answered_at) as last_answer, sum(x.attempts) as attempts
            from access.disconnect x where x.loss = l.id
          ) o on t.step = 'gateway'
          left join fleet.command w on t.step = 'wipe' and w.device = l.device
            and w.number = (t.details ->> 'number')::bigint
          where t.loss = l.id
          order by array_position(
            array['sessions', 'certificates', 'sim', 'gateway', 'wipe'], t.step))
      )
      """;

  /**
   * The policy that holds for a device {@code d}: what was ordered, how far that has come, and what
   * its steward says is in force.
   */
  static final String POLICY =
      """
      select json_strip_nulls(json_build_object(
        'revision', p.revision, 'unit', p.unit, 'kind', p.kind, 'interfaces', p.interfaces,
        'lockHours', p.lock_hours, 'wipeDays', p.wipe_days, 'idleSeconds', p.idle_seconds,
        'position', p.position, 'changedAt', p.changed_at,
        'told', o.revision, 'outcome', k.outcome,
        'inForce', (select c.policy from fleet.contact c where c.device = d.id)))
      from fleet.policy_for(d.unit, d.kind) p
      left join fleet.policy_told o on o.device = d.id
      left join fleet.command k on k.device = o.device and k.number = o.number
      """;

  /** The newest so many rows of a sub-select {@code e}, as an array. */
  static String newest(String row, String from, String order) {
    return "array(select json_strip_nulls(json_build_object(%s)) from %s order by %s desc limit %d)"
        .formatted(row, from, order, tongguan.base.Limits.DEVICE_HISTORY);
  }
}
