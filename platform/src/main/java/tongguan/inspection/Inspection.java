package tongguan.inspection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Sight;
import tongguan.access.operation.Operation;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.clearance.Clearance;
import tongguan.identity.Identity;

/** The face of the room: many numbers at once. */
public final class Inspection {
  private static final ZoneId TAIWAN = ZoneId.of("Asia/Taipei");

  private final Database database;
  private final Clearance clearance;
  private final Identity identity;
  private final Audit audit;
  private final Ids ids;
  private final Clock clock;

  public Inspection(
      Database database,
      Clearance clearance,
      Identity identity,
      Audit audit,
      Ids ids,
      Clock clock) {
    this.database = database;
    this.clearance = clearance;
    this.identity = identity;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /** What officers confirm here. */
  public List<Operation> operations() {
    return List.of(
        new FlagOperation(this, clearance, audit, ids),
        new LiftOperation(clearance, ids),
        new HandOverOperation(this, identity, ids));
  }

  /** The numbers as they can be read; those that cannot are kept as well. */
  List<Scanned> read(List<String> texts) {
    return Scanned.of(texts, LocalDate.ofInstant(clock.instant(), TAIWAN));
  }

  /**
   * What is known of each number, in their order: JSON as UTF-8. One statement.
   *
   * @param sight what the reader may see; what is beyond it is as if it were not on record
   * @param asked the entry that tells of it
   */
  byte[] lookUp(List<Scanned> batch, Sight sight, Entry asked) {
    return audit.recorded(
        asked,
        database,
        connection -> new BatchStore(connection).lookUp(batch, sight),
        found -> batch.size());
  }

  /**
   * The look-up past everything but the database, on a connection of the caller: for measuring it
   * without us.
   */
  public static byte[] ask(Connection connection, List<String> texts, LocalDate today)
      throws SQLException {
    return new BatchStore(connection).lookUp(Scanned.of(texts, today), Sight.ALL);
  }

  List<HandOver> handOvers(UUID officer) {
    return database.query(connection -> new HandOverStore(connection).of(officer));
  }

  Optional<HandOver> handOver(UUID id, UUID officer) {
    return database.query(connection -> new HandOverStore(connection).one(id, officer));
  }
}
