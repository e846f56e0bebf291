package tongguan.identity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;

/** All SQL of sessions. Time is the database's. */
public final class SessionStore {
  private final Connection connection;

  SessionStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * The sessions of these tokens, in their order, with the officers behind them: one statement, an
   * index look-up of each token.
   */
  List<Optional<Session>> read(List<byte[]> tokens) throws SQLException {
    List<Optional<Session>> found =
        new ArrayList<>(Collections.nCopies(tokens.size(), Optional.empty()));
    Object array = connection.createArrayOf("bytea", tokens.toArray(byte[][]::new));
    Sql.of(connection, READ, array)
        .rows(row -> found.set(row.getInt("place_in_line") - 1, Optional.of(session(row))));
    return found;
  }

  private static final String READ =
      """
      select q.place_in_line, s.id, s.stage, s.place, s.device, s.address, s.ends_at, s.idle_seconds,
        s.active_at + s.idle_seconds * interval '1 second' as lock_at,
        s.locked_at is not null
          or s.active_at + s.idle_seconds * interval '1 second' <= clock_timestamp() as locked,
        s.active_at < clock_timestamp() - interval '1 second' as stale,
        a.id as account, a.name, a.name_zh, a.name_en, a.unit, u.district, a.clearance,
        (select string_agg(h.scope || ' ' || array_to_string(r.permissions, ' '), ',')
          from identity.holding h join identity.role r on r.code = h.role
          where h.account = a.id) as grants
      from unnest(?::bytea[]) with ordinality q(token, place_in_line)
      join identity.session s on s.token = q.token
      join identity.account a on a.id = s.account
      join identity.unit u on u.code = a.unit
      where s.ended_at is null and s.ends_at > clock_timestamp()
        and a.ended_at is null
      """;

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        row.getObject("id", UUID.class),
        Session.Stage.of(row.getString("stage")),
        row.getString("place"),
        row.getString("device"),
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

  /** The officer did something; not for a session that is locked by now. */
  void touch(UUID session) throws SQLException {
    Sql.of(connection, TOUCH, session).update();
  }

  private static final String TOUCH =
      """
      update identity.session set active_at = clock_timestamp()
      where id = ? and locked_at is null and ended_at is null
        and active_at + idle_seconds * interval '1 second' > clock_timestamp()
      """;

  void begin(UUID id, byte[] token, UUID account, Session.Stage stage, Place place, String bucket)
      throws SQLException {
    Sql.of(
            connection,
            BEGIN,
            id,
            token,
            account,
            stage.code(),
            bucket,
            place.device(),
            place.address(),
            place.agent(),
            account)
        .update();
  }

  /** The strictest of the officer's roles decides how long; without a role it is short. */
  private static final String BEGIN =
      """
      insert into identity.session
        (id, token, account, stage, place, device, address, agent, ends_at, idle_seconds)
      select ?, ?, ?, ?, ?, ?, ?, ?,
        clock_timestamp() + coalesce(min(r.session_hours), 1) * interval '1 hour',
        coalesce(min(r.idle_seconds), 300)
      from identity.holding h
      join identity.role r on r.code = h.role
      where h.account = ?
      """;

  /** What was before this log-in, for telling its owner. */
  void remember(UUID session, AccountStore.LastLogin before) throws SQLException {
    Sql.of(
            connection,
            """
            update identity.session
            set previous_at = ?::timestamptz, previous_address = ?, refused_before = ?
            where id = ?
            """,
            before.at() == null ? null : before.at().toString(),
            before.address(),
            before.refusedSince(),
            session)
        .update();
  }

  /** What was before this log-in; empty where there was nothing at all. */
  Optional<Session.Before> before(UUID session) throws SQLException {
    return Sql.of(
            connection,
            """
            select previous_at, previous_address, refused_before from identity.session
            where id = ? and (previous_at is not null or refused_before > 0)
            """,
            session)
        .first(row ->
            new Session.Before(
                Sql.instant(row, "previous_at"),
                row.getString("previous_address"),
                row.getInt("refused_before")));
  }

  Set<UUID> live(Collection<UUID> sessions) throws SQLException {
    Object array = connection.createArrayOf("uuid", sessions.toArray());
    return Set.copyOf(Sql.of(connection, LIVE, array).rows(row -> row.getObject("id", UUID.class)));
  }

  private static final String LIVE =
      """
      select id from identity.session
      where id = any (?) and ended_at is null and ends_at > clock_timestamp()
      """;

  /** Whether it began less than so long ago. */
  boolean isYounger(UUID session, Duration age) throws SQLException {
    return Sql.of(
            connection,
            """
            select from identity.session
            where id = ? and created_at > clock_timestamp() - ? * interval '1 second'
            """,
            session,
            (int) age.toSeconds())
        .exists();
  }

  /** So that an account has at most as many; the longest unused ones end. */
  int endSurplus(UUID account, int most) throws SQLException {
    return Sql.of(connection, END_SURPLUS, account, most).update();
  }

  private static final String END_SURPLUS =
      """
      update identity.session set ended_at = clock_timestamp(), ended_why = 'too-many'
      where id in (
        select id from identity.session
        where account = ? and ended_at is null and ends_at > clock_timestamp()
        order by active_at desc offset ?)
      """;

  boolean lock(UUID session) throws SQLException {
    return Sql.of(
                connection,
                """
                update identity.session set locked_at = clock_timestamp()
                where id = ? and ended_at is null and locked_at is null
                """,
                session)
            .update()
        > 0;
  }

  /** A new token and a new stage, after the password or a factor was verified. */
  boolean renew(UUID session, byte[] token, Session.Stage stage) throws SQLException {
    return Sql.of(connection, RENEW, token, stage.code(), session).update() > 0;
  }

  private static final String RENEW =
      """
      update identity.session
      set token = ?, stage = ?, locked_at = null, active_at = clock_timestamp()
      where id = ? and ended_at is null and ends_at > clock_timestamp()
      """;

  boolean end(UUID session, UUID account, String why) throws SQLException {
    return Sql.of(
                connection,
                """
                update identity.session set ended_at = clock_timestamp(), ended_why = ?
                where id = ? and account = ? and ended_at is null
                """,
                why,
                session,
                account)
            .update()
        > 0;
  }

  int endAllBut(UUID account, UUID kept, String why) throws SQLException {
    return Sql.of(
            connection,
            """
            update identity.session set ended_at = clock_timestamp(), ended_why = ?
            where account = ? and id <> ? and ended_at is null
            """,
            why,
            account,
            kept)
        .update();
  }

  /** A session as its owner sees it in the list. */
  public record Listed(
      UUID id,
      Instant createdAt,
      Instant activeAt,
      Instant endsAt,
      String address,
      String device,
      String agent,
      boolean locked) {}

  List<Listed> of(UUID account) throws SQLException {
    return Sql.of(connection, OF, account)
        .rows(row ->
            new Listed(
                row.getObject("id", UUID.class),
                Objects.requireNonNull(Sql.instant(row, "created_at")),
                Objects.requireNonNull(Sql.instant(row, "active_at")),
                Objects.requireNonNull(Sql.instant(row, "ends_at")),
                row.getString("address"),
                row.getString("device"),
                row.getString("agent"),
                row.getBoolean("locked")));
  }

  private static final String OF =
      """
      select id, created_at, active_at, ends_at, address, device, agent,
        locked_at is not null
          or active_at + idle_seconds * interval '1 second' <= clock_timestamp() as locked
      from identity.session
      where account = ? and ended_at is null and ends_at > clock_timestamp()
      order by created_at desc
      """;
}
