package tongguan.identity;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.identity.factor.RecoveryCodes;
import tongguan.identity.factor.SecretBox;
import tongguan.identity.factor.Totp;
import tongguan.identity.passkey.Checked;
import tongguan.identity.passkey.Passkeys;

/** Second factors of an account. */
public final class Factors {
  private final SecretBox box = new SecretBox();
  private final Totp totp;
  private final RecoveryCodes recovery;
  private final Passkeys passkeys;

  Factors(Database database, Ids ids) {
    this.totp = new Totp(database, box);
    this.recovery = new RecoveryCodes(database);
    this.passkeys = new Passkeys(database, ids);
  }

  /** Reads the key that seals the secrets. */
  void open(Path key) {
    box.open(key);
  }

  /** The ways to finish a log-in of this account; empty where it has no second factor. */
  List<String> of(UUID account) {
    List<String> ways = new ArrayList<>();
    if (totp.has(account)) {
      ways.add("totp");
    }
    if (passkeys.has(account)) {
      ways.add("passkey");
    }
    if (!ways.isEmpty() && recovery.left(account) > 0) {
      ways.add("recovery");
    }
    return ways;
  }

  /** For the officer and the administrator: what there is, and how many recovery codes are left. */
  Map<String, Object> shown(UUID account, boolean demanded) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("demanded", demanded);
    shown.put("methods", of(account));
    shown.put("recoveryLeft", recovery.left(account));
    return shown;
  }

  boolean isCodeOf(UUID account, String code) {
    return totp.check(account, code);
  }

  boolean isRecoveryCodeOf(UUID account, String code) {
    return recovery.use(account, code);
  }

  /**
   * @param challenge what must have been signed; null where one was drawn for this account before
   */
  boolean isPasskeyOf(UUID account, Proof.Passkey proof, byte @Nullable [] challenge) {
    return passkeys.check(proof.credential(), account, challenge, proof.site())
        instanceof Checked.Is;
  }

  void revoke(Connection tx, UUID account) throws SQLException {
    totp.revoke(tx, account);
    passkeys.revoke(tx, account);
    recovery.revoke(tx, account);
  }

  /** Whether a second factor is left, as this transaction sees it. */
  boolean anyLeft(Connection tx, UUID account) throws SQLException {
    return totp.has(tx, account) || passkeys.has(tx, account);
  }

  Passkeys passkeys() {
    return passkeys;
  }

  int recoveryCodesLeft(Connection tx, UUID account) throws SQLException {
    return recovery.left(tx, account);
  }

  Totp.Setup begin(Connection tx, UUID account, String loginName) throws SQLException {
    return totp.begin(tx, account, loginName);
  }

  boolean confirm(Connection tx, UUID account, String code) throws SQLException {
    return totp.confirm(tx, account, code);
  }

  List<String> reissue(Connection tx, UUID account) throws SQLException {
    return recovery.reissue(tx, account);
  }
}
