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
import tongguan.base.database.Database;
import tongguan.identity.factor.RecoveryCodes;
import tongguan.identity.factor.SecretBox;
import tongguan.identity.factor.Totp;
import tools.jackson.databind.JsonNode;

/** Second factors of an account. */
public final class Factors {
  private final SecretBox box = new SecretBox();
  private final Totp totp;
  private final RecoveryCodes recovery;

  Factors(Database database) {
    this.totp = new Totp(database, box);
    this.recovery = new RecoveryCodes(database);
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

  boolean isPasskeyOf(UUID account, JsonNode credential, byte @Nullable [] challenge) {
    return false;
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
