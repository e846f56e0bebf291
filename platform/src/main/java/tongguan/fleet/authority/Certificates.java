package tongguan.fleet.authority;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.fleet.Fleet;

/**
 * The certificates of devices. Whether one holds is a row that is read at each request, so that a
 * revocation holds with the next one on every node.
 */
public final class Certificates {
  private static final int RETRY_SECONDS = 60;

  private final Database database;
  private final Fleet fleet;
  private final Audit audit;
  private final Authority authority;

  public Certificates(Database database, Fleet fleet, Audit audit, Authority authority) {
    this.database = database;
    this.fleet = fleet;
    this.audit = audit;
    this.authority = authority;
  }

  /**
   * What a certificate stands for at this moment.
   *
   * @param wipePending whether the device was told to wipe itself and has not proven that it did
   */
  public record Status(
      UUID device, String unit, String state, boolean revoked, boolean ended, boolean wipePending) {

    /** Whether the device may do its work with it. */
    public boolean holds() {
      return !revoked && !ended && state.equals("assigned") && !wipePending;
    }

    /** Whether it is let in to be told that it was cut off, and for nothing else. */
    public boolean isCutOff() {
      return state.equals("lost") || wipePending;
    }
  }

  /** Empty for one that is not ours. One statement, a row of each index. */
  public Optional<Status> status(X509Certificate shown) {
    return database.query(
        connection -> new CertificateStore(connection).status(serial(shown), key(shown)));
  }

  /** The number as the registry keeps it. */
  public static byte[] serial(X509Certificate certificate) {
    return certificate.getSerialNumber().toByteArray();
  }

  /** What the registry knows a key by. */
  public static byte[] key(X509Certificate certificate) {
    return Digests.sha256(certificate.getPublicKey().getEncoded());
  }

  /** What becomes of a request for a certificate. */
  public sealed interface Answer {
    /**
     * @param pem the certificate, and behind it the bridge to the authority where it needs one
     */
    record Issued(String pem) implements Answer {}

    /**
     * @param why for the audit
     */
    record Refused(String why) implements Answer {}
  }

  /**
   * Gives a certificate out, and with it revokes what the device had besides.
   *
   * @param kept the number of the certificate that holds until the new one is first seen; empty for
   *     a first certificate, where none does
   * @param bridge goes with it to a device that knows the authority before this one alone
   */
  Answer issue(
      Connection tx,
      UUID device,
      CertificateRequest request,
      byte[] kept,
      Optional<X509Certificate> bridge,
      String why)
      throws SQLException {
    CertificateStore store = new CertificateStore(tx);
    byte[] key = request.keyDigest();
    Optional<String> objection = store.objection(device, key);
    if (objection.isPresent()) {
      return new Answer.Refused(objection.get());
    }
    if (!authority.isOurs(tx)) {
      throw Problem.unavailable(
          "authority-replaced",
          RETRY_SECONDS,
          "此節點的憑證授權金鑰已被取代，須重新啟動。",
          "This node has not been restarted since the authority was renewed, or has other keys than the other nodes (TONGGUAN_FLEET_KEYS).");
    }
    CertificateStore.Life life = store.life();
    X509Certificate made = authority.issue(device, request.key(), life.from(), life.until());
    // One that was given out for a renewal and never came in is lost; it does not stay about.
    int unused = store.revokeOthers(device, kept, kept.length > 0, why);
    store.add(serial(made), device, key, der(made), life.until());
    return new Answer.Issued(Authority.pem(made) + bridge.map(Authority::pem).orElse(""));
  }

  /** Gives a device that came in by its certificate the next one. */
  public Answer renew(X509Certificate shown, UUID device, String csr, String correlation) {
    CertificateRequest.Read read = CertificateRequest.read(csr);
    return database.inTransaction(tx -> {
      boolean _ = fleet.devices().locked(tx, device).isPresent();
      Answer answer =
          switch (read) {
            case CertificateRequest.Read.Bad bad -> new Answer.Refused(bad.why());
            case CertificateRequest.Read.Good good ->
                new CertificateStore(tx).isDue(serial(shown))
                    ? issue(
                        tx,
                        device,
                        good.request(),
                        serial(shown),
                        authority.bridgeFor(shown),
                        "never-used")
                    : new Answer.Refused("too-early");
          };
      Actor actor = new Actor("", "", "", device.toString(), "", "");
      audit.write(
          tx,
          switch (answer) {
            case Answer.Issued issued ->
                Entry.done("device.renew", actor, "device:" + device, correlation);
            case Answer.Refused refused ->
                Entry.refused("device.renew", refused.why(), actor, correlation);
          });
      return answer;
    });
  }

  /**
   * The device has come in by this certificate. The first time, those given out before it hold no
   * more.
   */
  public void seen(byte[] serial, UUID device) {
    database.inTransaction(tx -> {
      boolean _ = fleet.devices().locked(tx, device).isPresent();
      CertificateStore store = new CertificateStore(tx);
      if (store.see(serial)) {
        int older = store.revokeOlder(device, serial, "renewed");
        fleet
            .devices()
            .note(
                tx,
                device,
                "certificate-seen",
                "",
                Map.of("serial", HexFormat.of().formatHex(serial), "replaced", older));
      }
      return true;
    });
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
