package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import tongguan.identity.AccountStore.Door;
import tongguan.identity.passkey.Checked;
import tongguan.identity.passkey.Passkeys;

/**
 * A passkey that says itself whose it is. The authenticator has verified its user, so that it
 * proves what one has and what one knows or is.
 */
final class ByPasskey implements Way {
  private final Passkeys passkeys;
  private final Proof.Passkey proof;

  ByPasskey(Passkeys passkeys, Proof.Passkey proof) {
    this.passkeys = passkeys;
    this.proof = proof;
  }

  @Override
  public String code() {
    return "passkey";
  }

  @Override
  public String shown() {
    return "";
  }

  @Override
  public Optional<Door> door(Connection tx) throws SQLException {
    Optional<UUID> account = passkeys.claims(tx, proof.credential());
    return account.isPresent() ? new AccountStore(tx).door(account.get()) : Optional.empty();
  }

  @Override
  public boolean leadsTo(Door door) {
    return true;
  }

  @Override
  public Verdict look(Door door) {
    return passkeys.check(proof.credential(), null, null, proof.site()) instanceof Checked.Is is
            && is.account().equals(door.id())
        ? Verdict.RIGHT
        : Verdict.WRONG;
  }

  @Override
  public void lookAtNothing() {
    // The floor in time of all refusals is longer than looking at a signature.
  }

  @Override
  public boolean isWhole() {
    return true;
  }
}
