package tongguan.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;

/**
 * The parts of a statement that reads sessions and the officers behind them, for this room's own
 * and for that of the gate, which reads devices and networks with the same one.
 */
public final class SessionRead {
  public static final String COLUMNS =
      """
      s.id, s.stage, s.place, s.device, s.network, s.address, s.ends_at, s.idle_seconds,
        s.active_at + s.idle_seconds * interval '1 second' as lock_at,
        s.locked_at is not null
          or s.active_at + s.idle_seconds * interval '1 second' <= clock_timestamp() as locked,
        s.active_at < clock_timestamp() - interval '1 second' as stale,
        a.id as account, a.name, a.name_zh, a.name_en, a.unit, u.district, a.clearance,
        (select string_agg(h.scope || ' ' || array_to_string(r.permissions, ' '), ',')
          from identity.holding h join identity.role r on r.code = h.role
          where h.account = a.id) as grants
      """;

  public static final String TABLES =
      """
      identity.session s
      join identity.account a on a.id = s.account and a.ended_at is null
      join identity.unit u on u.code = a.unit
      """;

  /** By the digest of a token, as {@code q.token}. */
  public static final String BY_TOKEN =
      "s.token = q.token and s.ended_at is null and s.ends_at > clock_timestamp()";

  private SessionRead() {}

  /** Of a row that has the columns. */
  public static Session session(ResultSet row) throws SQLException {
    return new Session(
        row.getObject("id", UUID.class),
        Session.Stage.of(row.getString("stage")),
        row.getString("place"),
        row.getString("device"),
        row.getString("network"),
        row.getString("address"),
        row.getBoolean("locked"),
        row.getBoolean("stale"),
        Objects.requireNonNull(Sql.instant(row, "lock_at")),
        Objects.requireNonNull(Sql.instant(row, "ends_at")),
        row.getInt("idle_seconds"),
        row.getObject("account", UUID.class),
        row.getString("name"),
        row.getString("name_zh"),
        row.getString("name_en"),
        row.getString("unit"),
        row.getString("district"),
        row.getInt("clearance"),
        grants(row.getString("grants")));
  }

  /** Of each role the scope and its permissions, made into {@code scope permission} each. */
  private static List<String> grants(@Nullable String roles) {
    if (roles == null) {
      return List.of();
    }
    List<String> grants = new ArrayList<>();
    for (String role : roles.split(",", -1)) {
      String[] words = role.split(" ", -1);
      for (int i = 1; i < words.length; i++) {
        grants.add(words[0] + ' ' + words[i]);
      }
    }
    return List.copyOf(grants);
  }
}
