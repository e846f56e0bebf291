package tongguan.base.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What this server shows of itself, and whom it believes.
 *
 * @param chain the server's own certificate first
 * @param clientAuthorities who signs the certificates of clients; with none of them nobody can show
 *     one
 */
public record TlsIdentity(
    PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {

  public TlsIdentity {
    chain = List.copyOf(chain);
    clientAuthorities = List.copyOf(clientAuthorities);
  }
}
