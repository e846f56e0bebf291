package tongguan.identity.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets on which the handshake itself fails where the certificate does not name the machine that
 * was asked for (RFC 4513 §3.1.3). The LDAP library's own check lets another address pass.
 */
final class NamedPeerFactory extends SSLSocketFactory {
  private final SSLSocketFactory plain;

  NamedPeerFactory(SSLSocketFactory plain) {
    this.plain = plain;
  }

  private static Socket named(Socket socket) {
    SSLSocket secured = (SSLSocket) socket;
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("LDAPS");
    secured.setSSLParameters(parameters);
    return secured;
  }

  @Override
  public Socket createSocket() throws IOException {
    return named(plain.createSocket());
  }

  @Override
  public Socket createSocket(Socket under, String host, int port, boolean autoClose)
      throws IOException {
    return named(plain.createSocket(under, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return named(plain.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return named(plain.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return named(plain.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return named(plain.createSocket(host, port, local, localPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return plain.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return plain.getSupportedCipherSuites();
  }
}
