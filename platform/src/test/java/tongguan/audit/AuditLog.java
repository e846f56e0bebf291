package tongguan.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.Platform;
import tongguan.audit.tree.Sha256;
import tongguan.audit.witness.PublicKey;
import tongguan.audit.witness.SigningKey;
import tongguan.audit.witness.Witness;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/** A log on a database of its own, with a clock that is moved by hand. */
final class AuditLog implements AutoCloseable {
  static final List<String> ROOMS = Platform.ROOMS;

  final DatabaseUrl url;
  final Database database;
  final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T04:00:00Z"));
  final Audit audit;
  private @Nullable AuditFolder folder;

  private AuditLog(DatabaseUrl url) {
    this.url = url;
    this.database = new Database(url, 3);
    this.audit = new Audit(database, new Ids(clock), clock);
  }

  static AuditLog open() {
    return new AuditLog(TestDatabase.fresh(ROOMS));
  }

  Entry entry(String act) {
    Actor actor =
        new Actor("018f3f3e-0000-7000-8000-000000000001", "lin.mei", "AA10", "", "192.0.2.7", "s1");
    return Entry.done(act, actor, "container:CSQU3054383", "c-1")
        .with(Map.of("key", "CSQU3054383"));
  }

  /** Gives the log a folder of its own, so that it signs. */
  void openFolder() {
    try {
      folder = AuditFolder.of(Files.createTempDirectory("tongguan-audit"), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    audit.open(folder);
  }

  /** A second node on the same database, with the same key. */
  Audit anotherNode() {
    Audit other = new Audit(database, new Ids(clock), clock);
    try {
      other.open(new AuditFolder(Files.createTempDirectory("tongguan-audit"), folder().key()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return other;
  }

  AuditFolder folder() {
    return Objects.requireNonNull(folder);
  }

  /** Puts all entries in order and signs over them. */
  void seal() {
    audit.sequence();
    audit.checkpoint();
  }

  Verification.Report verify() {
    return database.inTransaction(this::verify);
  }

  Verification.Report verify(Connection connection) throws SQLException {
    return Verification.of(connection, new Witness(folder().checkpoints()).all(), keys());
  }

  List<PublicKey> keys() {
    return List.of(SigningKey.in(folder().key()).publicKey());
  }

  /** The hashes that an entry would have at that place. */
  record Forged(String leaf, String chain) {}

  static Forged forge(Connection connection, String id, int place) throws SQLException {
    try (LogWalk walk = new LogWalk(connection)) {
      byte[] leaf = new Leaf().hash(walk.entry(UUID.fromString(id)).orElseThrow());
      byte[] before = walk.linkAt(place - 1).orElseThrow().chain();
      HexFormat hex = HexFormat.of();
      return new Forged(hex.formatHex(leaf), hex.formatHex(new Sha256().link(before, leaf)));
    }
  }

  /** Chains the entries anew as they are now, as somebody would who owns the database. */
  void recompute() {
    asSuperuser("truncate audit.chain, audit.subtree");
    new Sequencer(database).round();
  }

  /** The first column, read as the owner. */
  List<String> column(String sql) {
    try (Connection connection = owner();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      List<String> column = new ArrayList<>();
      while (row.next()) {
        column.add(row.getString(1));
      }
      return column;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of the partition that entries by this clock go to. */
  String month() {
    return clock.instant().toString().substring(0, 7).replace('-', '_');
  }

  void asSuperuser(String sql) {
    TestDatabase.execute(url, sql);
  }

  Connection owner() throws SQLException {
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  @Override
  public void close() {
    audit.close();
    database.close();
  }

  static final class MovableClock extends Clock {
    private Instant now;

    MovableClock(Instant now) {
      this.now = now;
    }

    void set(Instant moment) {
      now = moment;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return java.time.ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
