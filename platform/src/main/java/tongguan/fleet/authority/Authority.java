package tongguan.fleet.authority;

import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.http.TlsIdentity;

/**
 * The platform's own certificate authority, for its devices and for its own door. Its key is read,
 * or made, when it is needed for the first time: most of what reads certificates is not there
 * before. One that came after another shows the other's word for it (the bridge), so that devices
 * which know the earlier one alone go on, and believes certificates of both.
 */
public final class Authority {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final Duration SERVER_LIFE = Duration.ofDays(90);

  private final Clock clock;
  private volatile @Nullable FleetFolder folder;
  private volatile @Nullable Generations generations;

  public Authority(Clock clock) {
    this.clock = clock;
  }

  /**
   * From now on the key is that of the folder; without one it is a new one that ends with the
   * process.
   */
  public void open(FleetFolder keys) {
    folder = keys;
  }

  /** Whether this installation signs with it, or with the one that has handed over to it. */
  boolean isOurs(Connection connection) throws SQLException {
    Generations all = generations();
    return folder == null
        || SigningKeys.isOurs(connection, SigningKeys.AUTHORITY, digest())
        || (all.predecessor().isPresent()
            && SigningKeys.succeed(
                connection,
                SigningKeys.AUTHORITY,
                Digests.sha256(all.predecessor().get().getPublicKey().getEncoded()),
                digest()));
  }

  /** What devices believe, and what the certificates of devices are signed with. */
  public X509Certificate anchor() {
    return issuer().certificate();
  }

  /** Those whose certificates are taken at the door: this one, and the ones before it. */
  public List<X509Certificate> anchors() {
    List<X509Certificate> all = new ArrayList<>(generations().former());
    all.addFirst(anchor());
    return List.copyOf(all);
  }

  /** What the code of an enrolment names it by: SHA-256 of its public key, in small hex. */
  public String pin() {
    return HexFormat.of().formatHex(digest());
  }

  byte[] digest() {
    return Digests.sha256(anchor().getPublicKey().getEncoded());
  }

  /**
   * A new key and certificate for the platform's own server, which demands certificates of this
   * authority from its clients. The authority is in the chain, so that a device knows it by its
   * pin. Holds for 90 days.
   *
   * @param names host names and addresses, as clients write them
   */
  public TlsIdentity serverIdentity(Collection<String> names) {
    KeyPair keys = Issuer.newKeys();
    Instant now = clock.instant();
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(issuer().server(names, keys.getPublic(), now, now.plus(SERVER_LIFE)));
    chain.addAll(generations().upwards());
    return new TlsIdentity(keys.getPrivate(), List.copyOf(chain), anchors());
  }

  X509Certificate issue(UUID device, PublicKey key, Instant from, Instant until) {
    return issuer().device(device.toString(), key, from, until);
  }

  /**
   * What a device that has shown this certificate needs beside its next one: the bridge, where it
   * knows the authority before this one alone; from then on it believes this one.
   */
  Optional<X509Certificate> bridgeFor(X509Certificate shown) {
    return Generations.hasSigned(anchor(), shown) ? Optional.empty() : generations().word();
  }

  static String pem(X509Certificate certificate) {
    try {
      return Pem.write(CERTIFICATE, certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Issuer issuer() {
    return generations().current();
  }

  private Generations generations() {
    Generations known = generations;
    return known == null ? load() : known;
  }

  private synchronized Generations load() {
    if (generations == null) {
      FleetFolder keys = folder;
      generations =
          keys == null
              ? Generations.of(Issuer.found(Issuer.newKeys(), clock.instant(), 1))
              : Generations.in(keys, clock.instant());
    }
    return generations;
  }
}
