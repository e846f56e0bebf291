package tongguan.access.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request shows of itself.
 *
 * @param token the digest of the session's token; null where none is shown or needed
 * @param address the peer's, as digits
 * @param certificate the one that made the connection; null for none
 * @param steward what the device's agent attests; nothing without a certificate
 */
public record Question(
    byte @Nullable [] token, String address, @Nullable Shown certificate, StewardHeader steward) {

  /**
   * A certificate, as the registry knows it.
   *
   * @param serial its number
   * @param key SHA-256 of its public key
   */
  public record Shown(byte[] serial, byte[] key) {
    static Shown of(X509Certificate certificate) {
      try {
        return new Shown(
            certificate.getSerialNumber().toByteArray(),
            MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded()));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public static Question of(
      byte @Nullable [] token,
      String address,
      Optional<X509Certificate> certificate,
      StewardHeader steward) {
    return new Question(
        token,
        address,
        certificate.map(Shown::of).orElse(null),
        certificate.isPresent() ? steward : new StewardHeader.None());
  }
}
