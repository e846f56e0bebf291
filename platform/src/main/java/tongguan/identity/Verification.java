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
  static final String SECOND_FACTOR = "second-factor";

  private final Database database;
  private final Audit audit;
  private final Factors factors;
  private final Passwords passwords;
  private final WithoutPassword withoutPassword;

  Verification(Database database, Audit audit, Factors factors, Passwords passwords) {
    this.database = database;
    this.audit = audit;
    this.factors = factors;
    this.passwords = passwords;
    this.withoutPassword = new WithoutPassword(database, audit, factors);
  }

  /**
   * Whether the proof is this officer's.
   *
   * <p>Where the password is the agency's directory's to prove and it cannot be reached, a problem
   * says so.
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
    if (!(proof instanceof Proof.Passkey) && !purpose.equals(SECOND_FACTOR)) {
      Optional<Boolean> settled = withoutPassword.settle(session, proof, purpose, correlation);
      if (settled.isPresent()) {
        return settled.get();
      }
    }
    Actor actor = actor(session);
    Optional<Taken> taken = database.inTransaction(tx -> take(tx, session, purpose, correlation));
    if (taken.isEmpty()) {
      if (proof instanceof Proof.Password password) {
        // As long as if there had been a try left.
        passwords.nobody(password.text());
      }
      return false;
    }
    Verdict verdict = look(taken.get().door(), session, proof, challenge);
    if (verdict == Verdict.NOT_ASKED || verdict == Verdict.NOT_ANSWERED) {
      unanswered(taken.get().tried(), verdict, purpose, session, correlation);
      throw Passwords.away();
    }
    return database.inTransaction(tx -> {
      Tries.Taken tried = taken.get().tried();
      if (verdict == Verdict.RIGHT) {
        Tries.clear(tx, tried);
        return true;
      }
      audit.write(
          tx,
          Entry.refused(purpose, "wrong-proof", actor, correlation)
              .with(Map.of("evaluated", true, "place", tried.place())));
      lockedByLast(tx, tried, session, correlation);
      return false;
    });
  }

  private void lockedByLast(Connection tx, Tries.Taken tried, Session session, String correlation)
      throws SQLException {
    if (tried.last()) {
      audit.write(
          tx,
          Entry.done("account.locked", actor(session), "account:" + session.name(), correlation)
              .with(Map.of("place", tried.place())));
    }
  }

  /** The directory gave no answer: the try comes back where it was not even asked. */
  private void unanswered(
      Tries.Taken tried, Verdict verdict, String purpose, Session session, String correlation) {
    boolean evaluated = verdict == Verdict.NOT_ANSWERED;
    database.inTransaction(tx -> {
      audit.write(
          tx,
          Entry.refused(purpose, "directory-away", actor(session), correlation)
              .with(Map.of("evaluated", evaluated, "place", tried.place())));
      if (evaluated) {
        lockedByLast(tx, tried, session, correlation);
      } else {
        Tries.giveBack(tx, tried);
      }
      return true;
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

  private Verdict look(Door door, Session session, Proof proof, byte @Nullable [] challenge) {
    return proof instanceof Proof.Password password
        ? passwords.look(door, password.text())
        : isRight(session, proof, challenge) ? Verdict.RIGHT : Verdict.WRONG;
  }

  private boolean isRight(Session session, Proof proof, byte @Nullable [] challenge) {
    return switch (proof) {
      case Proof.Password password -> false;
      case Proof.SignOn signOn -> false;
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
