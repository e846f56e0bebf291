package tongguan.base.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each connection passes before its first request: the header of a balancer, then TLS 1.3 with
 * a certificate of the client where it has one.
 *
 * <p>The web server asks an {@link SSLContext} to put TLS on each socket that it has accepted; with
 * blocking sockets it never applies its own TLS parameters. So they are set here, on every socket,
 * and here is where the bytes before TLS are read.
 */
final class TlsDoor extends SSLContextSpi {
  private static final Logger LOG = LoggerFactory.getLogger(TlsDoor.class);
  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final String[] CIPHERS = {
    "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"
  };
  private static final int SESSION_SECONDS = 3600;
  private static final int SESSIONS_KEPT = 20_000;

  private final List<Network> balancers;
  private final SlowPeers slowPeers;
  private volatile SSLContext inner;

  TlsDoor(TlsIdentity identity, List<Network> balancers, SlowPeers slowPeers) {
    this.balancers = List.copyOf(balancers);
    this.slowPeers = slowPeers;
    this.inner = context(identity);
  }

  /** As the web server wants it. */
  SSLContext asContext() {
    return new SSLContext(this, inner.getProvider(), "TLSv1.3") {};
  }

  /** Connections from now on see this one. */
  void identify(TlsIdentity identity) {
    inner = context(identity);
  }

  private static SSLContext context(TlsIdentity identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys(identity), trust(identity.clientAuthorities()), new SecureRandom());
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      context.getServerSessionContext().setSessionCacheSize(SESSIONS_KEPT);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("key and certificates do not fit", e);
    }
  }

  private static KeyManager[] keys(TlsIdentity identity)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] none = new char[0];
    store.setKeyEntry(
        "server", identity.key(), none, identity.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, none);
    return keys.getKeyManagers();
  }

  private static TrustManager[] trust(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      return new TrustManager[] {new TrustsNobody()};
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    return trust.getTrustManagers();
  }

  /** In the connection's own thread, before its first byte is read. */
  private Socket open(Socket accepted) throws IOException {
    slowPeers.arrives(accepted);
    Socket peer = known(accepted);
    // The last word closes the connection with it, or TLS would wait for the peer's farewell.
    SSLSocket secure = (SSLSocket) factory().createSocket(peer, (InputStream) null, true);
    secure.setSSLParameters(parameters());
    return secure;
  }

  private SSLSocketFactory factory() {
    return inner.getSocketFactory();
  }

  static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters(CIPHERS, PROTOCOLS);
    parameters.setWantClientAuth(true);
    parameters.setUseCipherSuitesOrder(true);
    return parameters;
  }

  /**
   * From a balancer's address the header is demanded. From any other nothing but TLS is understood,
   * so that a header there is a broken handshake.
   */
  private Socket known(Socket accepted) throws IOException {
    InetAddress address = accepted.getInetAddress();
    if (balancers.stream().noneMatch(network -> network.contains(address))) {
      return accepted;
    }
    return switch (ProxyHeader.read(accepted.getInputStream())) {
      case ProxyHeader.Relayed relayed -> new RelayedSocket(accepted, relayed.client());
      case ProxyHeader.Own own -> accepted;
      case ProxyHeader.Malformed malformed -> {
        LOG.atWarn()
            .addKeyValue("balancer", address.getHostAddress())
            .addKeyValue("why", malformed.why())
            .log("PROXY header refused");
        throw new IOException("PROXY header: " + malformed.why());
      }
    };
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return new Sockets();
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("is made whole");
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return inner.getServerSocketFactory();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return inner.createSSLEngine();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return inner.createSSLEngine(host, port);
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return inner.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return inner.getClientSessionContext();
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return parameters();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return parameters();
  }

  /** Puts TLS on sockets that were accepted; makes none of its own. */
  private final class Sockets extends SSLSocketFactory {
    @Override
    public Socket createSocket(Socket accepted, @Nullable InputStream read, boolean close)
        throws IOException {
      return open(accepted);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return CIPHERS.clone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return CIPHERS.clone();
    }

    private static UnsupportedOperationException none() {
      return new UnsupportedOperationException("this side calls nobody");
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean close) {
      throw none();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw none();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw none();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw none();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw none();
    }
  }
}
