package tongguan.steward.wire;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import tongguan.steward.base.Texts;

/**
 * First contact: the only authority believed is the one whose public key has the digest from the QR
 * code. The server shows that authority's certificate in its chain; from there on the JDK verifies
 * the chain, the use as a server and the name.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final String pin;

  /** SHA-256 of the authority's SubjectPublicKeyInfo in small hex. */
  PinnedTrust(String pin) {
    this.pin = pin;
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    verifier(chain).checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    verifier(chain).checkServerTrusted(chain, authType, socket);
  }

  /** Would verify no name. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a server is not verified without its name");
  }

  private X509ExtendedTrustManager verifier(X509Certificate[] chain) throws CertificateException {
    X509Certificate authority =
        Arrays.stream(chain)
            .filter(one -> Texts.sha256(one.getPublicKey().getEncoded()).equals(pin))
            .findFirst()
            .orElseThrow(() ->
                new CertificateException(
                    "the server does not show the authority that the code names"));
    if (authority.getBasicConstraints() < 0) {
      throw new CertificateException("what the code names is no authority");
    }
    return trusting(authority);
  }

  /** The JDK's own verifier with one anchor. */
  static X509ExtendedTrustManager trusting(X509Certificate authority) throws CertificateException {
    try {
      KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      anchors.setCertificateEntry("authority", authority);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(anchors);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager verifier) {
          return verifier;
        }
      }
      throw new CertificateException("this Java has no PKIX verifier");
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new CertificateException(e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this side serves nobody");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this side serves nobody");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this side serves nobody");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
