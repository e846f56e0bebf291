package tongguan.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The linked records of customs. Facts go in; what is known of a voyage, bill, container or
 * declaration is a function of the set of facts told so far, so that repeated and late messages do
 * no harm.
 */
public final class Record {

  /**
   * Applies facts in the caller's transaction, in a fixed order of tables and keys, with one
   * statement per kind of row however many facts there are.
   *
   * @throws SQLException when the database refuses; the caller undoes the transaction
   */
  public void apply(Connection transaction, List<Fact> facts) throws SQLException {
    if (facts.isEmpty()) {
      return;
    }
    Batch batch = Batch.of(facts);
    new VoyageStore(transaction).write(batch);
    new ContainerStore(transaction).write(batch);
    new BillStore(transaction).write(batch);
    new MovementStore(transaction).write(batch);
    new DeclarationStore(transaction).write(batch);
    new PaperStore(transaction).write(batch);
    new FactLog(transaction).append(facts);
  }
}
