package tongguan.fleet.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.database.Database;
import tongguan.fleet.Fleet;
import tongguan.fleet.authority.Digests;

/**
 * What devices answer to commands. An answer holds only under the signature of the key that made
 * the connection: nothing is taken for wiped because somebody says so.
 */
public final class Answers {
  private final Database database;
  private final Fleet fleet;
  private final Audit audit;

  Answers(Database database, Fleet fleet, Audit audit) {
    this.database = database;
    this.fleet = fleet;
    this.audit = audit;
  }

  /**
   * As it came.
   *
   * @param outcome done, refused or failed
   * @param signature DER, ECDSA P-256 with SHA-256
   */
  public record Answer(long number, String kind, String outcome, String detail, byte[] signature) {

    private byte[] signed(UUID device) {
      return String.join(
              "\n",
              "tongguan-answer-v1",
              device.toString(),
              Long.toString(number),
              kind,
              outcome,
              Digests.hex(detail))
          .getBytes(StandardCharsets.UTF_8);
    }

    private boolean isSignedBy(PublicKey key, UUID device) {
      try {
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initVerify(key);
        signing.update(signed(device));
        return signing.verify(signature);
      } catch (GeneralSecurityException notASignature) {
        return false;
      }
    }
  }

  /** What became of an answer. */
  public enum Taken {
    YES,
    /** It is not the device's own, or for another kind of command. */
    NOT_ITS_OWN,
    NO_SUCH_COMMAND
  }

  /**
   * The first answer counts; the same one may come again. Only a wipe may still be done after it
   * had failed.
   */
  public Taken take(UUID device, PublicKey key, Answer answer, String correlation) {
    boolean own = answer.isSignedBy(key, device);
    return database.inTransaction(tx -> {
      Optional<CommandStore.Standing> found = new CommandStore(tx).locked(device, answer.number());
      if (found.isEmpty()) {
        return refuse(tx, device, answer, "no-such-command", Taken.NO_SUCH_COMMAND, correlation);
      }
      if (!own) {
        return refuse(tx, device, answer, "answer-signature", Taken.NOT_ITS_OWN, correlation);
      }
      CommandStore.Standing command = found.get();
      if (!command.kind().equals(answer.kind())) {
        return refuse(tx, device, answer, "answer-kind", Taken.NOT_ITS_OWN, correlation);
      }
      boolean wipe = command.kind().equals(Command.WIPE);
      boolean open = command.outcome() == null || (wipe && !command.isSettled());
      if (open) {
        write(tx, device, answer, wipe, correlation);
      }
      return Taken.YES;
    });
  }

  private void write(Connection tx, UUID device, Answer answer, boolean wipe, String correlation)
      throws SQLException {
    CommandStore store = new CommandStore(tx);
    store.answer(device, answer.number(), answer.outcome(), answer.detail(), answer.signature());
    if (answer.kind().equals(Command.LOCK) || answer.kind().equals(Command.UNLOCK)) {
      return;
    }
    if (wipe && answer.outcome().equals("done")) {
      store.settleEarlierWipes(device, answer.number(), answer.detail(), answer.signature());
      store.stampLosses(device, answer.number());
    }
    Map<String, Object> details = details(answer);
    fleet.devices().note(tx, device, wipe ? "wipe-answered" : "command-answered", "", details);
    audit.write(
        tx,
        Entry.done("device.answer", actor(device), "device:" + device, correlation).with(details));
  }

  private Taken refuse(
      Connection tx, UUID device, Answer answer, String why, Taken taken, String correlation)
      throws SQLException {
    audit.write(
        tx,
        Entry.refused("device.answer", why, actor(device), correlation)
            .about("device:" + device)
            .with(details(answer)));
    return taken;
  }

  private static Map<String, Object> details(Answer answer) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("number", answer.number());
    details.put("kind", answer.kind());
    details.put("outcome", answer.outcome());
    return details;
  }

  private static Actor actor(UUID device) {
    return new Actor("", "", "", device.toString(), "", "");
  }
}
