package tongguan.fleet.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.StartFailure;
import tongguan.base.http.TlsIdentity;

/**
 * The platform's own certificate authority, for its devices and for its own door. Its key is read,
 * or made, when it is needed for the first time: most of what reads certificates is not there
 * before.
 */
public final class Authority {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final Duration SERVER_LIFE = Duration.ofDays(90);

  private final Clock clock;
  private volatile @Nullable FleetFolder folder;
  private volatile @Nullable Issuer issuer;

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

  boolean isKept() {
    return folder != null;
  }

  /** What devices believe, and what the certificates of devices are signed with. */
  public X509Certificate anchor() {
    return issuer().certificate();
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
    X509Certificate own = issuer().server(names, keys.getPublic(), now, now.plus(SERVER_LIFE));
    return new TlsIdentity(keys.getPrivate(), List.of(own, anchor()), List.of(anchor()));
  }

  X509Certificate issue(UUID device, PublicKey key, Instant from, Instant until) {
    return issuer().device(device.toString(), key, from, until);
  }

  static String pem(X509Certificate certificate) {
    try {
      return Pem.write(CERTIFICATE, certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Issuer issuer() {
    Issuer known = issuer;
    return known == null ? load() : known;
  }

  private synchronized Issuer load() {
    if (issuer == null) {
      FleetFolder keys = folder;
      issuer = keys == null ? Issuer.found(Issuer.newKeys(), clock.instant()) : load(keys);
    }
    return issuer;
  }

  /** Key and certificate are one file, so that two nodes that make it at once agree on both. */
  private Issuer load(FleetFolder keys) {
    Path file = keys.authorityKey();
    String text = KeyFile.text(file, this::made);
    try {
      Issuer read =
          Issuer.of(
              Pem.read(KeyFile.LABEL, text)
                  .orElseThrow(() -> KeyFile.unusable(file, "no private key in PEM")),
              Pem.read(CERTIFICATE, text)
                  .orElseThrow(() -> KeyFile.unusable(file, "no certificate in PEM")));
      publish(keys.authorityCertificate(), read.certificate());
      return read;
    } catch (GeneralSecurityException e) {
      throw KeyFile.unusable(file, String.valueOf(e.getMessage()));
    }
  }

  private String made() {
    KeyPair pair = Issuer.newKeys();
    X509Certificate own = Issuer.found(pair, clock.instant()).certificate();
    return Pem.write(KeyFile.LABEL, pair.getPrivate().getEncoded()) + pem(own);
  }

  /** For whoever sets up what is to believe it. */
  private static void publish(Path file, X509Certificate own) {
    try {
      if (!Files.exists(file)) {
        KeyFile.write(file, pem(own), "rw-r--r--");
      }
    } catch (IOException e) {
      throw StartFailure.environment(
          "The authority's certificate %s cannot be written (%s).".formatted(file, e.getMessage()));
    }
  }
}
