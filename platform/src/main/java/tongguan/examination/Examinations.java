package tongguan.examination;

import java.util.List;
import java.util.Optional;
import tongguan.access.Sight;
import tongguan.access.operation.Operation;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.clearance.Clearance;
import tongguan.photo.Photos;
import tongguan.record.key.DeclarationNumber;

/** The face of the room: the examinations of a declaration, and those that resemble it. */
public final class Examinations {
  private final Database database;
  private final Clearance clearance;
  private final Photos photos;

  public Examinations(Database database, Clearance clearance, Photos photos) {
    this.database = database;
    this.clearance = clearance;
    this.photos = photos;
  }

  /** What officers confirm here. */
  public List<Operation> operations() {
    return List.of(new ExaminationOperation(clearance, photos));
  }

  /** Each as JSON; empty where there is no such declaration that this reader may see. */
  Optional<List<String>> of(DeclarationNumber number, Sight sight) {
    return database.query(connection -> {
      ExaminationStore store = new ExaminationStore(connection);
      return store.declared(number, sight).isEmpty()
          ? Optional.empty()
          : Optional.of(store.of(number, sight));
    });
  }

  /** The same of those that resemble it. */
  Optional<List<String>> similar(DeclarationNumber number, Sight sight) {
    return database.query(connection -> {
      ExaminationStore store = new ExaminationStore(connection);
      return store.declared(number, sight).isEmpty()
          ? Optional.empty()
          : Optional.of(store.similar(number, sight));
    });
  }

  static DeclarationNumber number(String typed) {
    return DeclarationNumber.parse(typed).orElseThrow(Examinations::unknown);
  }

  static Problem unknown() {
    return Problem.of(404, "unknown-declaration", "查無此報單。", "There is no such declaration.");
  }
}
