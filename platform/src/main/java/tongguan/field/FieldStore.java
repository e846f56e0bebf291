package tongguan.field;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;

/** SQL of the room. */
final class FieldStore {
  private final Database database;

  FieldStore(Database database) {
    this.database = database;
  }

  /**
   * Counts dossiers in; false, and nothing counted, where they are more than one may take a day.
   */
  boolean take(UUID account, int dossiers) {
    int most = Limits.PACKAGE_DOSSIERS_OF_DAY;
    return database.query(connection ->
        Sql.of(connection, TAKE, account, dossiers, dossiers, most, most).update() == 1);
  }

  private static final String TAKE =
      """
      insert into field.taken as t (account, day, dossiers)
      select ?, (clock_timestamp() at time zone 'Asia/Taipei')::date, ?::bigint where ?::bigint <= ?
      on conflict (account, day) do update set dossiers = t.dossiers + excluded.dossiers
      where t.dossiers + excluded.dossiers <= ?
      """;

  /** What was done under an id. */
  record Known(byte[] fingerprint, String answer) {}

  /**
   * An item as it was confirmed.
   *
   * @param shown the digest of what it was to come to; null where it was not to be done
   * @param result null as long as there is none
   */
  record Confirmed(
      Item item, byte @Nullable [] shown, @Nullable String result, @Nullable String answer) {}

  /**
   * A bundle.
   *
   * @param live whether it may still be carried out, as far as time goes
   */
  record Bundle(UUID id, UUID session, boolean live) {}

  Optional<Bundle> bundle(UUID id, UUID account) {
    return database.query(connection ->
        Sql.of(connection, BUNDLE, Limits.BUNDLE_LIFE.toSeconds(), id, account)
            .first(row ->
                new Bundle(
                    row.getObject("id", UUID.class),
                    row.getObject("session", UUID.class),
                    row.getBoolean("live"))));
  }

  private static final String BUNDLE =
      """
      select id, session, confirmed_at + ? * interval '1 second' > clock_timestamp() as live
      from field.bundle where id = ? and account = ?
      """;

  List<Confirmed> items(UUID bundle) {
    return database.query(
        connection -> Sql.of(connection, ITEMS, bundle).rows(FieldStore::confirmed));
  }

  /** On {@code item_of_bundle}. */
  private static final String ITEMS =
      """
      select id, sequence, kind, base, made_at, body, shown, result, answer
      from field.item where bundle = ? order by sequence
      """;

  private static Confirmed confirmed(ResultSet row) throws SQLException {
    Instant madeAt = Objects.requireNonNull(Sql.instant(row, "made_at"));
    Item item =
        new Item(
            row.getObject("id", UUID.class),
            row.getLong("sequence"),
            row.getString("kind"),
            row.getString("base"),
            madeAt,
            Json.MAPPER.readTree(row.getString("body")));
    return new Confirmed(
        item, row.getBytes("shown"), row.getString("result"), row.getString("answer"));
  }

  /** What is done within a transaction. */
  static final class In {
    private final Connection tx;

    In(Connection tx) {
      this.tx = tx;
    }

    Optional<Known> done(UUID account, UUID item) throws SQLException {
      return Sql.of(
              tx,
              "select fingerprint, answer from field.item where account = ? and id = ? and result = 'done'",
              account,
              item)
          .first(row -> new Known(row.getBytes("fingerprint"), row.getString("answer")));
    }

    void add(UUID bundle, UUID account, UUID session) throws SQLException {
      Sql.of(
              tx,
              "insert into field.bundle (id, account, session) values (?, ?, ?)",
              bundle,
              account,
              session)
          .update();
    }

    /** Into this bundle, also where it was in one before in which it was not done. */
    void add(UUID bundle, UUID account, Item item, byte @Nullable [] shown) throws SQLException {
      Sql.of(
              tx,
              ADD,
              account,
              item.id(),
              bundle,
              item.sequence(),
              item.kind(),
              item.base(),
              item.madeAt(),
              Json.text(item.body()),
              item.fingerprint(),
              shown)
          .update();
    }

    private static final String ADD =
        """
        insert into field.item as i
          (account, id, bundle, sequence, kind, base, made_at, body, fingerprint, shown)
        values (?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?)
        on conflict (account, id) do update
        set bundle = excluded.bundle, sequence = excluded.sequence, kind = excluded.kind, base = excluded.base,
          made_at = excluded.made_at, body = excluded.body, fingerprint = excluded.fingerprint,
          shown = excluded.shown, result = null, answer = null, decided_at = null
        where i.result is distinct from 'done'
        """;

    /** Its result, held until the end of the transaction; empty where it has left the bundle. */
    Optional<Confirmed> locked(UUID bundle, UUID account, UUID item) throws SQLException {
      return Sql.of(tx, LOCKED, account, item, bundle).first(FieldStore::confirmed);
    }

    private static final String LOCKED =
        """
        select id, sequence, kind, base, made_at, body, shown, result, answer
        from field.item where account = ? and id = ? and bundle = ? for update
        """;

    void settle(UUID account, UUID item, String result, String answer) throws SQLException {
      Sql.of(
              tx,
              """
              update field.item set result = ?, answer = ?::jsonb, decided_at = clock_timestamp()
              where account = ? and id = ? and result is null
              """,
              result,
              answer,
              account,
              item)
          .update();
    }

    /** Whether the session is still there, and stays so until the end of the transaction. */
    boolean holds(UUID session) throws SQLException {
      return Sql.of(
              tx,
              """
              select from identity.session
              where id = ? and ended_at is null and locked_at is null and ends_at > clock_timestamp()
              for share
              """,
              session)
          .exists();
    }
  }
}
