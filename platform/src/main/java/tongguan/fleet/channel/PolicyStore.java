package tongguan.fleet.channel;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;
import tongguan.base.database.Sql;

/** All SQL of the policies of devices. */
final class PolicyStore {
  private static final String COLUMNS =
      """
      p.id, p.unit, p.kind, p.interfaces::text as interfaces, p.lock_hours, p.wipe_days,
        p.idle_seconds, p.position, p.revision, p.changed_at, p.changed_by
      """;

  private final Connection connection;

  PolicyStore(Connection connection) {
    this.connection = connection;
  }

  List<DevicePolicy> all() throws SQLException {
    return Sql.of(
            connection,
            "select %s from fleet.policy p order by p.unit nulls first, p.kind nulls first"
                .formatted(COLUMNS))
        .rows(PolicyStore::policy);
  }

  Optional<DevicePolicy> of(@Nullable String unit, @Nullable String kind) throws SQLException {
    return Sql.of(
            connection,
            """
            select %s from fleet.policy p
            where coalesce(p.unit, '') = coalesce(?, '') and coalesce(p.kind, '') = coalesce(?, '')
            for update
            """
                .formatted(COLUMNS),
            unit,
            kind)
        .first(PolicyStore::policy);
  }

  int reach(@Nullable String unit, @Nullable String kind) throws SQLException {
    return Sql.of(
            connection,
            """
            with recursive below (code) as (
              select code from identity.unit where ?::text is null or code = ?
              union
              select u.code from identity.unit u join below b on u.parent = b.code)
            select count(*) from fleet.device d
            where d.unit in (select code from below) and (?::text is null or d.kind = ?)
              and d.state <> 'retired'
            """,
            unit,
            unit,
            kind,
            kind)
        .first(row -> row.getInt(1))
        .orElseThrow();
  }

  Optional<Long> add(DevicePolicy policy) throws SQLException {
    return Sql.of(
            connection,
            """
            insert into fleet.policy
              (id, unit, kind, interfaces, lock_hours, wipe_days, idle_seconds, position, changed_by)
            values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
            on conflict (coalesce(unit, ''), coalesce(kind, '')) do nothing
            returning revision
            """,
            policy.id(),
            policy.unit(),
            policy.kind(),
            Json.text(policy.interfaces()),
            policy.lockHours(),
            policy.wipeDays(),
            policy.idleSeconds(),
            policy.position(),
            policy.changedBy())
        .first(row -> row.getLong(1));
  }

  Optional<Long> change(DevicePolicy policy) throws SQLException {
    return Sql.of(
            connection,
            """
            update fleet.policy
            set interfaces = ?::jsonb, lock_hours = ?, wipe_days = ?, idle_seconds = ?, position = ?,
              changed_by = ?, changed_at = clock_timestamp(),
              revision = nextval('fleet.policy_revision')
            where id = ? and revision = ?
            returning revision
            """,
            Json.text(policy.interfaces()),
            policy.lockHours(),
            policy.wipeDays(),
            policy.idleSeconds(),
            policy.position(),
            policy.changedBy(),
            policy.id(),
            policy.revision())
        .first(row -> row.getLong(1));
  }

  boolean remove(UUID id, long revision) throws SQLException {
    return Sql.of(
                connection,
                """
                delete from fleet.policy
                where id = ? and revision = ? and (unit is not null or kind is not null)
                """,
                id,
                revision)
            .update()
        > 0;
  }

  String mark() throws SQLException {
    return Sql.of(
            connection, "select concat(max(revision), ' of ', count(*)) as mark from fleet.policy")
        .first(row -> row.getString("mark"))
        .orElseThrow();
  }

  /** A device and what it has to be told. */
  record ToTell(UUID device, DevicePolicy policy) {
    String by() {
      return policy.changedBy();
    }
  }

  /**
   * Rides on stream_of_node; the policy is looked for once for each unit and kind, not for each
   * device. Told again are those that say that another one is in force, as after a wipe, and, after
   * a while, those that refused.
   */
  List<ToTell> untold(UUID node, @Nullable List<UUID> among) throws SQLException {
    return Sql.of(
            connection,
            """
            with mine as (
              select t.device, d.unit as of_unit, d.kind as of_kind
              from fleet.stream t join fleet.device d on d.id = t.device and d.state = 'assigned'
              where t.node = ? and (? or t.device = any (?::uuid[]))),
            wanted as (
              select q.of_unit, q.of_kind, p.*
              from (select distinct of_unit, of_kind from mine) q
              cross join lateral fleet.policy_for(q.of_unit, q.of_kind) p)
            select m.device, %s
            from mine m
            join wanted p using (of_unit, of_kind)
            left join fleet.policy_told o on o.device = m.device
            left join fleet.command k on k.device = o.device and k.number = o.number
            left join fleet.contact c on c.device = m.device
            where o.revision is distinct from p.revision
              or (k.outcome = 'done' and c.policy <> o.revision
                and c.at > k.answered_at + interval '5 seconds')
              or (k.outcome in ('refused', 'failed')
                and k.answered_at < clock_timestamp() - interval '10 minutes')
            """
                .formatted(COLUMNS),
            node,
            among == null,
            among == null ? List.of() : among)
        .rows(row -> new ToTell(row.getObject("device", UUID.class), policy(row)));
  }

  void told(UUID device, long revision, long number) throws SQLException {
    Sql.of(
            connection,
            """
            insert into fleet.policy_told (device, revision, number) values (?, ?, ?)
            on conflict (device) do update
            set revision = excluded.revision, number = excluded.number
            """,
            device,
            revision,
            number)
        .update();
  }

  private static DevicePolicy policy(ResultSet row) throws SQLException {
    return new DevicePolicy(
        row.getObject("id", UUID.class),
        row.getString("unit"),
        row.getString("kind"),
        interfaces(row.getString("interfaces")),
        row.getInt("lock_hours"),
        row.getInt("wipe_days"),
        row.getInt("idle_seconds"),
        row.getBoolean("position"),
        row.getLong("revision"),
        Objects.requireNonNull(Sql.instant(row, "changed_at")),
        row.getString("changed_by"));
  }

  private static Map<String, String> interfaces(String json) {
    Map<String, String> interfaces = new TreeMap<>();
    try {
      Json.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
          .properties()
          .forEach(entry -> interfaces.put(entry.getKey(), entry.getValue().asString("")));
    } catch (Json.Malformed impossible) {
      throw new IllegalStateException(impossible);
    }
    return interfaces;
  }
}
