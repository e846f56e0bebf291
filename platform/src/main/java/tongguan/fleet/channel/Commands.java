package tongguan.fleet.channel;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Orders to devices: numbered, signed, and kept until the device has answered under its own key. An
 * order is there as soon as the transaction that gives it is, on whichever node; the node that
 * holds the device's stream is woken with the commit.
 */
public final class Commands {
  private static final Set<String> ABOUT_THE_LOCK = Set.of(Command.LOCK, Command.UNLOCK);

  private volatile CommandKey key = CommandKey.passing();

  Commands() {}

  /** From now on with this key. */
  void sign(CommandKey kept) {
    key = kept;
  }

  CommandKey key() {
    return key;
  }

  /** What devices verify commands with: SubjectPublicKeyInfo in base64. */
  public String publicKey() {
    return key.published();
  }

  /**
   * Gives an order. One to wipe that is not answered yet is not given twice: it stands, and its
   * number is the answer.
   *
   * @param body JSON text, as decision 010 has it for the kind
   * @param endsAt after which it must not be carried out, cut to whole seconds; null for never,
   *     which is the only choice for a wipe
   * @param by who ordered it, for the device's page
   * @return its number
   */
  public long queue(
      Connection tx, UUID device, String kind, String body, @Nullable Instant endsAt, String by)
      throws SQLException {
    CommandStore store = new CommandStore(tx);
    long number = store.next(device);
    if (kind.equals(Command.WIPE)) {
      Optional<Long> waiting = store.waitingWipe(device);
      if (waiting.isPresent()) {
        return waiting.get();
      }
    }
    if (ABOUT_THE_LOCK.contains(kind)) {
      store.supersedeLocks(device);
    }
    if (kind.equals(Command.POLICY)) {
      store.supersedePolicies(device);
    }
    Instant end = endsAt == null ? null : endsAt.truncatedTo(ChronoUnit.SECONDS);
    byte[] signature = key.sign(Command.toSign(device, number, kind, body, end));
    store.add(new Command(device, number, kind, body, end, signature), by);
    store.ring();
    return number;
  }

  /** So much later than now, by the database's clock. */
  public Instant later(Connection connection, Duration life) throws SQLException {
    return new CommandStore(connection).later(life.toSeconds());
  }
}
