package tongguan.steward.enrol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tongguan.steward.base.Texts;
import tongguan.steward.wire.PlatformAddress;
import tongguan.steward.wire.Tls;

/**
 * Who the device is and whom it believes.
 *
 * @param stream where its stream is held, if not at the platform's own address
 * @param commandKey the Ed25519 key that signs commands
 * @param chain its certificate first
 */
public record Identity(
    String device,
    PlatformAddress platform,
    PlatformAddress stream,
    PublicKey commandKey,
    X509Certificate authority,
    List<X509Certificate> chain,
    PrivateKey key) {
  public Identity {
    chain = List.copyOf(chain);
  }

  public Tls tls() {
    try {
      return Tls.mutual(key, chain, authority);
    } catch (GeneralSecurityException | IOException neverWithAKeyThatWasLoaded) {
      throw new IllegalStateException(neverWithAKeyThatWasLoaded);
    }
  }

  /** ECDSA over the text's UTF-8, as DER in base64url. */
  public String sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Texts.base64Url(signature.sign());
    } catch (GeneralSecurityException neverWithAKeyThatWasLoaded) {
      throw new IllegalStateException(neverWithAKeyThatWasLoaded);
    }
  }

  /** From a third of the certificate's life before its end. */
  public boolean isToBeRenewed(Instant now) {
    Instant from = chain.getFirst().getNotBefore().toInstant();
    Instant until = chain.getFirst().getNotAfter().toInstant();
    return now.isAfter(until.minus(Duration.between(from, until).dividedBy(3)));
  }

  Identity renewed(List<X509Certificate> newChain, PrivateKey newKey, X509Certificate believed) {
    return new Identity(device, platform, stream, commandKey, believed, newChain, newKey);
  }
}
