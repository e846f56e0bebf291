package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.database.Database;
import tongguan.identity.AccountStore.Door;

/**
 * Asks an officer who is in to prove it once more: to unlock, to confirm a change, to set up a
 * factor. The tries are those of the log-in.
 */
public final class Verification {
  private final Database database;
  private final Audit audit;
  private final Factors factors;
  private final KeyDerivation derivation;

  Verification(Database database, Audit audit, Factors factors, KeyDerivation derivation) {
    this.database = database;
    this.audit = audit;
    this.factors = factors;
    this.derivation = derivation;
  }

  /**
   * Whether the proof is this officer's.
   *
   * @param purpose {@code unlock}, {@code confirm} and so on, for the audit
   * @param challenge what a passkey must have signed; null where one was drawn before
   */
  public boolean check(
      Session session,
      Proof proof,
      String purpose,
      byte @Nullable [] challenge,
      String correlation) {
    Actor actor = actor(session);
    Optional<Taken> taken = database.inTransaction(tx -> take(tx, session, purpose, correlation));
    if (taken.isEmpty()) {
      return false;
    }
    boolean right = isRight(taken.get().door(), session, proof, challenge);
    return database.inTransaction(tx -> {
      Tries.Taken tried = taken.get().tried();
      if (right) {
        Tries.clear(tx, tried);
        return true;
      }
      audit.write(
          tx,
          Entry.refused(purpose, "wrong-proof", actor, correlation)
              .with(Map.of("evaluated", true, "place", tried.place())));
      if (tried.last()) {
        audit.write(
            tx,
            Entry.done("account.locked", actor, "account:" + session.name(), correlation)
                .with(Map.of("place", tried.place())));
      }
      return false;
    });
  }

  private record Taken(Door door, Tries.Taken tried) {}

  private Optional<Taken> take(Connection tx, Session session, String purpose, String correlation)
      throws SQLException {
    Optional<Door> door = new AccountStore(tx).door(session.account());
    Optional<Tries.Taken> tried = Tries.take(tx, session.account(), session.place());
    if (door.isEmpty() || tried.isEmpty()) {
      audit.write(tx, Entry.refused(purpose, "locked", actor(session), correlation));
      return Optional.empty();
    }
    audit.write(
        tx,
        Entry.done(purpose + ".try", actor(session), "", correlation)
            .with(Map.of("place", session.place())));
    return Optional.of(new Taken(door.get(), tried.get()));
  }

  private boolean isRight(Door door, Session session, Proof proof, byte @Nullable [] challenge) {
    return switch (proof) {
      case Proof.Password password ->
          door.password() == null
              ? derivation.matchesNobody(password.text())
              : derivation.matches(password.text(), door.password());
      case Proof.Code code -> factors.isCodeOf(session.account(), code.text());
      case Proof.Recovery recovery -> factors.isRecoveryCodeOf(session.account(), recovery.text());
      case Proof.Passkey passkey -> factors.isPasskeyOf(session.account(), passkey, challenge);
    };
  }

  static Actor actor(Session session) {
    return new Actor(
        session.account().toString(),
        session.name(),
        session.unit(),
        session.device(),
        session.address(),
        session.id().toString());
  }
}
