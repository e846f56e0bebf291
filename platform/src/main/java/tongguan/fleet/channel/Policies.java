package tongguan.fleet.channel;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Ids;
import tongguan.base.database.Database;

/**
 * The policies of devices, and telling each device the one that holds for it: at once when it
 * changes, and at each contact where the device was told another one or says that another one is in
 * force.
 */
public final class Policies {
  private final Database database;
  private final Commands commands;
  private final Ids ids;

  Policies(Database database, Commands commands, Ids ids) {
    this.database = database;
    this.commands = commands;
    this.ids = ids;
  }

  public List<DevicePolicy> all() {
    return database.query(connection -> new PolicyStore(connection).all());
  }

  /** The one that is of just this unit and kind. */
  public Optional<DevicePolicy> of(
      Connection connection, @Nullable String unit, @Nullable String kind) throws SQLException {
    return new PolicyStore(connection).of(unit, kind);
  }

  /**
   * How many devices would hear of it.
   *
   * @param unit with those below it; null for all
   */
  public int reach(Connection connection, @Nullable String unit, @Nullable String kind)
      throws SQLException {
    return new PolicyStore(connection).reach(unit, kind);
  }

  public UUID nextId() {
    return ids.next();
  }

  /**
   * Puts it in the place of the one with its id, or as a new one.
   *
   * @return its revision; empty where the one in that place has another revision than this by now
   */
  public Optional<Long> put(Connection tx, DevicePolicy policy) throws SQLException {
    PolicyStore store = new PolicyStore(tx);
    Optional<Long> revision = policy.revision() == 0 ? store.add(policy) : store.change(policy);
    new CommandStore(tx).ring();
    return revision;
  }

  /** False where it is another one by now. */
  public boolean remove(Connection tx, UUID id, long revision) throws SQLException {
    boolean removed = new PolicyStore(tx).remove(id, revision);
    new CommandStore(tx).ring();
    return removed;
  }

  /** Something that tells one state of all policies from another. */
  String mark(Connection connection) throws SQLException {
    return new PolicyStore(connection).mark();
  }

  /**
   * Devices with a stream on this node that have to be told.
   *
   * @param among only these; null for all
   */
  List<PolicyStore.ToTell> untold(Connection connection, UUID node, @Nullable List<UUID> among)
      throws SQLException {
    return new PolicyStore(connection).untold(node, among);
  }

  void tell(Connection tx, PolicyStore.ToTell one) throws SQLException {
    long number =
        commands.queue(tx, one.device(), Command.POLICY, one.policy().body(), null, one.by());
    new PolicyStore(tx).told(one.device(), one.policy().revision(), number);
  }
}
