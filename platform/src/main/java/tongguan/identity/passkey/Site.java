package tongguan.identity.passkey;

import java.net.URI;

/**
 * The page for which a passkey holds.
 *
 * @param origin scheme, host and port, exactly as the browser writes it
 * @param host the relying party's id: the host alone
 */
public record Site(String origin, String host) {
  /** Of an origin such as {@code https://tongguan.example}. */
  public static Site of(String origin) {
    String host = URI.create(origin).getHost();
    if (host == null) {
      throw new IllegalArgumentException("not an origin: " + origin);
    }
    return new Site(origin, host);
  }
}
