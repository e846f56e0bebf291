package tongguan.identity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;

/** All SQL of accounts. */
public final class AccountStore {
  private final Connection connection;

  AccountStore(Connection connection) {
    this.connection = connection;
  }

  /** What a log-in needs to know of an account. */
  record Door(
      UUID id,
      String name,
      String unit,
      String source,
      @Nullable String subject,
      @Nullable String password) {

    private static Door of(ResultSet row) throws SQLException {
      return new Door(
          row.getObject("id", UUID.class),
          row.getString("name"),
          row.getString("unit"),
          row.getString("source"),
          row.getString("subject"),
          row.getString("password"));
    }
  }

  Optional<Door> door(String name) throws SQLException {
    return door("name = ? and source <> 'oidc'", name);
  }

  Optional<Door> door(UUID id) throws SQLException {
    return door("id = ?", id);
  }

  Optional<Door> foreign(String source, String subject) throws SQLException {
    return door("source = ? and subject = ?", source, subject);
  }

  private Optional<Door> door(String condition, Object... keys) throws SQLException {
    return Sql.of(
            connection,
            "select id, name, unit, source, subject, password from identity.account"
                + " where ended_at is null and "
                + condition,
            keys)
        .first(Door::of);
  }

  /** Whether someone else's account, ended or not, stands for this person of the directory. */
  boolean isTaken(String source, String subject) throws SQLException {
    return Sql.of(
            connection,
            "select from identity.account where source = ? and lower(subject) = lower(?)",
            source,
            subject)
        .exists();
  }

  boolean knowsBrowser(UUID account, byte[] secret) throws SQLException {
    return Sql.of(
            connection,
            """
            select from identity.browser
            where account = ? and secret = ? and since > clock_timestamp() - interval '180 days'
            """,
            account,
            secret)
        .exists();
  }

  void keepBrowser(UUID account, byte[] secret) throws SQLException {
    Sql.of(
            connection,
            """
            insert into identity.browser (account, secret) values (?, ?)
            on conflict (account, secret) do update set last_at = clock_timestamp()
            """,
            account,
            secret)
        .update();
  }

  /** After a password change or a reset no browser is known any more. */
  void forgetBrowsers(UUID account) throws SQLException {
    Sql.of(connection, "delete from identity.browser where account = ?", account).update();
  }

  void countRefusal(UUID account) throws SQLException {
    Sql.of(
            connection,
            "update identity.account set refused_since = refused_since + 1 where id = ?",
            account)
        .update();
  }

  /** The last time and place, as it was before this log-in, and how often one failed since. */
  record LastLogin(@Nullable Instant at, @Nullable String address, int refusedSince) {}

  LastLogin cameIn(UUID account, String address) throws SQLException {
    return Sql.of(connection, CAME_IN, address, account)
        .first(row ->
            new LastLogin(
                Sql.instant(row, "last_login_at"),
                row.getString("last_login_address"),
                row.getInt("refused_since")))
        .orElseThrow();
  }

  private static final String CAME_IN =
      """
      update identity.account a
      set last_login_at = clock_timestamp(), last_login_address = ?, refused_since = 0
      from identity.account before
      where a.id = ? and before.id = a.id
      returning before.last_login_at, before.last_login_address, before.refused_since
      """;

  boolean demandsSecondFactor(UUID account) throws SQLException {
    return Sql.of(
            connection,
            """
            select from identity.holding h join identity.role r on r.code = h.role
            where h.account = ? and r.second_factor
            """,
            account)
        .exists();
  }

  void setPassword(UUID account, String hash) throws SQLException {
    Sql.of(
            connection,
            """
            update identity.account
            set password = ?, password_set_at = clock_timestamp(), setup_secret = null,
              setup_ends_at = null
            where id = ?
            """,
            hash,
            account)
        .update();
  }

  /** A single-use secret for the first password, or a new one. The old password dies at once. */
  void setSetupSecret(UUID account, byte[] digest) throws SQLException {
    Sql.of(
            connection,
            """
            update identity.account
            set password = null, setup_secret = ?, setup_ends_at = clock_timestamp() + (
                select value from identity.policy where code = 'setup-hours') * interval '1 hour',
              offline_key = ?, version = version + 1
            where id = ?
            """,
            digest,
            Secret.bytes(),
            account)
        .update();
  }

  /** Whose secret this is; each can be used once, because setting the password clears it. */
  Optional<Door> bySetupSecret(byte[] digest) throws SQLException {
    return Sql.of(
            connection,
            """
            select id, name, unit, source, subject, password from identity.account
            where setup_secret = ? and setup_ends_at > clock_timestamp() and ended_at is null
            for update
            """,
            digest)
        .first(Door::of);
  }

  void insert(UUID id, NewAccount account) throws SQLException {
    Sql.of(
            connection,
            """
            insert into identity.account
              (id, name, name_zh, name_en, unit, clearance, mail, source, subject, offline_key)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            id,
            account.name().text(),
            account.nameZh(),
            account.nameEn(),
            account.unit(),
            (short) account.clearance(),
            account.mail(),
            account.source(),
            account.subject(),
            Secret.bytes())
        .update();
  }

  boolean change(UUID id, NewAccount account, int version) throws SQLException {
    return Sql.of(
                connection,
                """
                update identity.account
                set name_zh = ?, name_en = ?, unit = ?, clearance = ?, mail = ?, version = version + 1
                where id = ? and version = ? and ended_at is null
                """,
                account.nameZh(),
                account.nameEn(),
                account.unit(),
                (short) account.clearance(),
                account.mail(),
                id,
                version)
            .update()
        > 0;
  }

  boolean end(UUID id, String why) throws SQLException {
    return Sql.of(
                connection,
                """
                update identity.account
                set ended_at = clock_timestamp(), ended_why = ?, password = null, setup_secret = null,
                  version = version + 1
                where id = ? and ended_at is null
                """,
                why,
                id)
            .update()
        > 0;
  }

  void setRoles(UUID id, List<Account.Holding> roles) throws SQLException {
    Sql.of(connection, "delete from identity.holding where account = ?", id).update();
    for (Account.Holding holding : roles) {
      Sql.of(
              connection,
              "insert into identity.holding (account, role, scope) values (?, ?, ?)",
              id,
              holding.role(),
              holding.scope())
          .update();
    }
    Sql.of(connection, "update identity.account set version = version + 1 where id = ?", id)
        .update();
  }

  Optional<Account> one(UUID id) throws SQLException {
    return Sql.of(connection, LIST.formatted("a.id = ?", "limit 1"), id)
        .first(AccountStore::account);
  }

  Optional<Account> named(String name) throws SQLException {
    return Sql.of(connection, LIST.formatted("a.name = ?", "limit 1"), name)
        .first(AccountStore::account);
  }

  /**
   * By name, from after the given one.
   *
   * @param filter what must hold; an empty text or {@code null} asks for nothing
   */
  List<Account> list(AccountFilter filter, int limit) throws SQLException {
    List<String> conditions = new ArrayList<>(List.of("a.name > ?"));
    List<@Nullable Object> parameters = new ArrayList<>(List.of(filter.after()));
    Map<String, @Nullable String> simple = new LinkedHashMap<>();
    simple.put("u.district = ?", filter.district());
    simple.put(
        """
        a.unit in (with recursive below as (
          select code from identity.unit where code = ?
          union all
          select n.code from identity.unit n join below b on n.parent = b.code)
        select code from below)\
        """,
        filter.unit());
    simple.put(
        "exists (select from identity.holding h where h.account = a.id and h.role = ?)",
        filter.role());
    simple.put("(a.ended_at is null) = (? = 'active')", filter.state());
    simple.put(
        "position(lower(?) in a.name || ' ' || lower(a.name_en) || ' ' || a.name_zh) > 0",
        filter.words());
    simple.forEach((condition, value) -> {
      if (value != null && !value.isEmpty()) {
        conditions.add(condition);
        parameters.add(value);
      }
    });
    parameters.add(limit);
    return Sql.of(
            connection,
            LIST.formatted(String.join(" and ", conditions), "order by a.name limit ?"),
            parameters.toArray())
        .rows(AccountStore::account);
  }

  private static final String LIST =
      """
      select a.id, a.name, a.name_zh, a.name_en, a.unit, u.district, a.clearance, a.mail, a.source, a.subject,
        a.ended_at is not null as ended, a.last_login_at, a.last_login_address, a.refused_since,
        a.version,
        exists (select from identity.tries t where t.account = a.id
          and t.fails >= case t.place when '*' then 9 else 3 end) as locked,
        array(select h.role || ' ' || h.scope from identity.holding h
          where h.account = a.id order by h.role) as roles
      from identity.account a
      join identity.unit u on u.code = a.unit
      where %s
      %s
      """;

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("name_zh"),
        row.getString("name_en"),
        row.getString("unit"),
        row.getString("district"),
        row.getInt("clearance"),
        row.getString("mail"),
        row.getString("source"),
        row.getString("subject"),
        row.getBoolean("ended"),
        row.getBoolean("locked"),
        Sql.instant(row, "last_login_at"),
        row.getString("last_login_address"),
        row.getInt("refused_since"),
        row.getInt("version"),
        Sql.texts(row, "roles").stream()
            .map(text -> text.split(" "))
            .map(words -> new Account.Holding(words[0], words[1]))
            .toList());
  }

  byte[] offlineKey(UUID id) throws SQLException {
    return Sql.of(connection, "select offline_key from identity.account where id = ?", id)
        .first(row -> row.getBytes(1))
        .orElseThrow();
  }

  /** Where wrong passwords stand. */
  public record TriesOf(String place, int fails, boolean locked, String lastAt) {}

  List<TriesOf> tries(UUID id) throws SQLException {
    return Sql.of(
            connection,
            """
            select place, fails, fails >= case place when '*' then 9 else 3 end as locked, last_at
            from identity.tries where account = ? order by place
            """,
            id)
        .rows(row ->
            new TriesOf(
                row.getString("place"),
                row.getInt("fails"),
                row.getBoolean("locked"),
                String.valueOf(Sql.instant(row, "last_at"))));
  }
}
