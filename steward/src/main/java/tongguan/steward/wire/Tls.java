package tongguan.steward.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tongguan.steward.base.Limits;

/**
 * TLS 1.3 to the platform and to nobody else (P14): its own authority, and the name that was meant.
 */
public final class Tls {
  private final SSLContext context;

  private Tls(KeyManager @Nullable [] keys, TrustManager trust) throws GeneralSecurityException {
    context = SSLContext.getInstance("TLSv1.3");
    context.init(keys, new TrustManager[] {trust}, null);
  }

  /** Before there is a certificate of our own. */
  public static Tls firstContact(String pin) throws GeneralSecurityException {
    return new Tls(null, new PinnedTrust(pin));
  }

  /** Both sides show certificates. */
  public static Tls mutual(PrivateKey key, List<X509Certificate> chain, X509Certificate authority)
      throws GeneralSecurityException, IOException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    char[] inMemoryOnly = new char[0];
    own.setKeyEntry("device", key, inMemoryOnly, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, inMemoryOnly);
    return new Tls(keys.getKeyManagers(), PinnedTrust.trusting(authority));
  }

  /** Tries the host's addresses in turn; the handshake is done when this returns. */
  public SSLSocket connect(PlatformAddress place) throws IOException {
    IOException last = new IOException("no address of " + place.host());
    for (InetAddress address : InetAddress.getAllByName(place.host())) {
      Socket plain = new Socket();
      try {
        plain.connect(
            new InetSocketAddress(address, place.port()), (int) Limits.CONNECT.toMillis());
        plain.setTcpNoDelay(true);
        plain.setSoTimeout((int) Limits.ANSWER.toMillis());
        SSLSocket socket =
            (SSLSocket)
                context.getSocketFactory().createSocket(plain, place.host(), place.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
      } catch (IOException e) {
        plain.close();
        last = e;
      }
    }
    throw last;
  }
}
