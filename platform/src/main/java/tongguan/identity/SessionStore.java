package tongguan.identity;

import java.sql.Connection;
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
import tongguan.audit.Actor;
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
        .rows(row ->
            found.set(row.getInt("place_in_line") - 1, Optional.of(SessionRead.session(row))));
    return found;
  }

  private static final String READ =
      """
      select q.place_in_line, %s
      from unnest(?::bytea[]) with ordinality q(token, place_in_line)
      join (%s) on %s
      """
          .formatted(SessionRead.COLUMNS, SessionRead.TABLES, SessionRead.BY_TOKEN);

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
            place.network(),
            place.address(),
            place.agent(),
            account)
        .update();
  }

  /** The strictest of the officer's roles decides how long; without a role it is short. */
  private static final String BEGIN =
      """
      insert into identity.session
        (id, token, account, stage, place, device, network, address, agent, ends_at, idle_seconds)
      select ?, ?, ?, ?, ?, ?, ?, ?, ?,
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

  Set<UUID> open(Collection<UUID> sessions) throws SQLException {
    Object array = connection.createArrayOf("uuid", sessions.toArray());
    return Set.copyOf(
        Sql.of(connection, LIVE + OPEN, array).rows(row -> row.getObject("id", UUID.class)));
  }

  private static final String OPEN =
      """
        and locked_at is null and active_at + idle_seconds * interval '1 second' > clock_timestamp()
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

  /** Locks what is open on a device; whose it was. Rides on session_by_device. */
  List<Actor> lockOn(String device) throws SQLException {
    return Sql.of(
            connection,
            """
            update identity.session s set locked_at = clock_timestamp()
            from identity.account a
            where a.id = s.account and s.device = ? and s.device <> ''
              and s.ended_at is null and s.locked_at is null
            returning a.id as account, a.name, a.unit, s.device, s.address, s.id as session
            """,
            device)
        .rows(row ->
            new Actor(
                row.getString("account"),
                row.getString("name"),
                row.getString("unit"),
                row.getString("device"),
                row.getString("address"),
                row.getString("session")));
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

  /** Rides on session_by_device. */
  int endOn(String device, String why) throws SQLException {
    return Sql.of(
            connection,
            """
            update identity.session set ended_at = clock_timestamp(), ended_why = ?
            where device = ? and device <> '' and ended_at is null
            """,
            why,
            device)
        .update();
  }

  int end(UUID session, String why) throws SQLException {
    return Sql.of(
            connection,
            """
            update identity.session set ended_at = clock_timestamp(), ended_why = ?
            where id = ? and ended_at is null
            """,
            why,
            session)
        .update();
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

  /** By session_by_network. */
  List<UUID> endOfNetwork(List<String> networks, String why) throws SQLException {
    return Sql.of(
            connection,
            """
            update identity.session set ended_at = clock_timestamp(), ended_why = ?
            where network = any (?) and network <> '' and ended_at is null
            returning id
            """,
            why,
            networks)
        .rows(row -> row.getObject("id", UUID.class));
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
