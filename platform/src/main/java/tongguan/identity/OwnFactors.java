package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.identity.factor.Totp;
import tongguan.identity.passkey.Added;
import tongguan.identity.passkey.Passkey;
import tongguan.identity.passkey.Site;
import tools.jackson.databind.JsonNode;

/** What an officer proves with besides the password: setting it up, seeing it, taking it away. */
public final class OwnFactors {
  private final Database database;
  private final Audit audit;
  private final Factors factors;

  OwnFactors(Database database, Audit audit, Factors factors) {
    this.database = database;
    this.audit = audit;
    this.factors = factors;
  }

  /** For the officer and the administrator: what there is, and whether the role demands one. */
  public Map<String, Object> of(UUID account) {
    return factors.shown(account, demanded(account));
  }

  private boolean demanded(UUID account) {
    return database.query(connection -> new AccountStore(connection).demandsSecondFactor(account));
  }

  /** A new secret for codes by time; it counts once a code of it is shown. */
  public Totp.Setup beginTotp(Session session) {
    return database.inTransaction(tx -> factors.begin(tx, session.account(), session.name()));
  }

  /**
   * The first code: from now on codes are asked for. Gives new recovery codes; empty when wrong.
   */
  public Optional<List<String>> confirmTotp(Session session, String code, String correlation) {
    return database.inTransaction(tx -> {
      if (!factors.confirm(tx, session.account(), code)) {
        audit.write(
            tx, Entry.refused("totp.set", "wrong-code", Verification.actor(session), correlation));
        return Optional.empty();
      }
      audit.write(tx, Entry.done("totp.set", Verification.actor(session), "", correlation));
      return Optional.of(factors.reissue(tx, session.account()));
    });
  }

  public List<Passkey> passkeys(Session session) {
    return factors.passkeys().list(session.account());
  }

  public boolean hasPasskey(UUID account) {
    return factors.passkeys().has(account);
  }

  /** With what the officer's browser makes a new passkey. */
  public Map<String, Object> newPasskeyOptions(Session session, Site site) {
    return factors
        .passkeys()
        .creationOptions(session.account(), session.name(), session.nameEn(), site);
  }

  /** With what the officer's browser asks for a proof: to unlock, or to finish a log-in. */
  public Map<String, Object> proofOptions(Session session, Site site) {
    return factors.passkeys().requestOptions(session.account(), null, site);
  }

  /** The same for one confirmation, of which a digest is what gets signed. */
  public Map<String, Object> proofOptions(Session session, byte[] signed, Site site) {
    return factors.passkeys().requestOptions(session.account(), signed, site);
  }

  /**
   * Takes a new passkey in. Gives recovery codes where the officer has none left, or none at all;
   * empty where the browser's answer does not hold.
   */
  public Optional<List<String>> addPasskey(
      Session session, String name, JsonNode credential, Site site, String correlation) {
    Added added = factors.passkeys().read(session.account(), name, credential, site);
    return database.inTransaction(tx ->
        switch (added) {
          case Added.Refused refused -> refuse(tx, session, refused.why(), correlation);
          case Added.Sound sound ->
              factors.passkeys().keep(tx, sound)
                  ? Optional.of(kept(tx, session, sound, correlation))
                  : refuse(tx, session, "there-already-or-too-many", correlation);
        });
  }

  private Optional<List<String>> refuse(
      Connection tx, Session session, String why, String correlation) throws SQLException {
    audit.write(tx, Entry.refused("passkey.add", why, Verification.actor(session), correlation));
    return Optional.empty();
  }

  private List<String> kept(Connection tx, Session session, Added.Sound sound, String correlation)
      throws SQLException {
    audit.write(
        tx,
        Entry.done("passkey.add", Verification.actor(session), "passkey:" + sound.id(), correlation)
            .with(Map.of("name", sound.name())));
    return factors.recoveryCodesLeft(tx, session.account()) > 0
        ? List.of()
        : factors.reissue(tx, session.account());
  }

  /**
   * False where it is not one of the officer's. The last way of an account that needs one stays.
   */
  public boolean removePasskey(Session session, UUID passkey, String correlation) {
    boolean demanded = demanded(session.account());
    return database.inTransaction(tx -> {
      if (!factors.passkeys().remove(tx, session.account(), passkey)) {
        return false;
      }
      if (demanded && !factors.anyLeft(tx, session.account())) {
        throw Problem.of(
            409,
            "last-factor",
            "此帳號的角色須有第二重驗證；請先設定另一種，再移除此通行金鑰。",
            "Your role demands a second factor: set up another one before you remove this passkey.");
      }
      audit.write(
          tx,
          Entry.done(
              "passkey.remove", Verification.actor(session), "passkey:" + passkey, correlation));
      return true;
    });
  }
}
