package tongguan.bonded;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Sight;
import tongguan.access.operation.Operation;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.Problem;
import tongguan.base.database.Database;

/** The face of the room: bonded checks that are planned, and those that are closed. */
public final class Visits {
  private final Database database;
  private final Audit audit;
  private final Ids ids;
  private final Clock clock;

  public Visits(Database database, Audit audit, Ids ids, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /** What officers confirm here. */
  public List<Operation> operations() {
    return List.of(new PlanOperation(ids), new CloseOperation(audit, clock));
  }

  List<Visit> list(@Nullable Boolean closed, Sight sight, UUID before, LocalDate day, int most) {
    return database.query(
        connection -> new VisitStore(connection).list(closed, sight, before, day, most));
  }

  Visit one(UUID id, Sight sight) {
    return database
        .query(connection -> new VisitStore(connection).one(id, sight))
        .orElseThrow(Visits::unknown);
  }

  Optional<byte[]> report(UUID id, Sight sight) {
    return database.query(connection -> new VisitStore(connection).report(id, sight));
  }

  static Problem unknown() {
    return Problem.of(404, "unknown-visit", "查無此保稅查核。", "There is no such bonded check.");
  }
}
