package tongguan.field;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tongguan.access.Officer;
import tongguan.access.Refusals;
import tongguan.access.operation.Deferrable;
import tongguan.access.operation.Digest;
import tongguan.access.operation.Draft;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.base.database.SqlFailure;

/** Looks at items with the same eyes as the operation that the officer would do with a network. */
final class Judging {
  /**
   * What the officer can mend, after which the item can be done: it is no judgement of the item.
   */
  private static final Set<String> MENDABLE = Set.of("core-sign-in-needed");

  private final Map<String, Deferrable> operations = new LinkedHashMap<>();

  Judging(List<Deferrable> operations) {
    for (Deferrable operation : operations) {
      if (!operation.secondPerson().isEmpty()) {
        throw new IllegalArgumentException(operation.name() + " takes two persons");
      }
      this.operations.put(operation.name(), operation);
    }
  }

  /**
   * In the caller's transaction, which stays whole whatever is wrong with the item.
   *
   * @throws Problem when nothing can be said now: a core system wants the officer's log-in, or the
   *     database is away
   */
  Judgement of(Connection tx, Officer officer, Item item) throws SQLException {
    Savepoint before = tx.setSavepoint();
    try {
      return judged(tx, officer, item);
    } catch (Problem no) {
      tx.rollback(before);
      if (isNoJudgement(no)) {
        throw no;
      }
      return Judgement.Refused.of(no);
    } catch (SQLException failed) {
      if (!SqlFailure.isAboutData(failed)) {
        throw failed;
      }
      tx.rollback(before);
      return notUnderstood();
    }
  }

  static boolean isNoJudgement(Problem no) {
    return no.status() >= 500 || MENDABLE.contains(no.code());
  }

  static Judgement.Refused notUnderstood() {
    return new Judgement.Refused(
        "not-understood", new Texts("內容無法處理。", "Its content cannot be worked with."));
  }

  private Judgement judged(Connection tx, Officer officer, Item item) throws SQLException {
    Optional<FieldStore.Known> known =
        new FieldStore.In(tx).done(officer.session().account(), item.id());
    if (known.isPresent()) {
      return Arrays.equals(known.get().fingerprint(), item.fingerprint())
          ? new Judgement.Done(known.get().answer())
          : new Judgement.Refused(
              "idempotency-key-reused",
              new Texts("此編號已用於另一項處理。", "Its id belongs to something else that was done."));
    }
    Deferrable operation = operations.get(item.kind());
    if (operation == null) {
      return new Judgement.Refused(
          "unknown-kind", new Texts("無此種離線處理。", "This cannot be done without a network."));
    }
    if (!officer.may(operation.need())) {
      return Judgement.Refused.of(Refusals.notPermitted());
    }
    Map<String, String> parameters = item.parameters();
    Deferrable.Basis basis = operation.basis(tx, officer, parameters, item.input());
    if (!basis.version().equals(item.base())) {
      return Judgement.Conflict.moved(basis);
    }
    if (basis.taken()) {
      return Judgement.Conflict.taken(basis);
    }
    Draft draft = operation.draft(tx, officer, parameters, item.input());
    byte[] digest = Digest.of(operation, officer, parameters, item.input(), draft);
    return new Judgement.Ready(operation, parameters, draft, digest);
  }
}
