package tongguan.identity.directory;

import com.unboundid.ldap.sdk.DN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import tongguan.base.StartFailure;
import tongguan.base.outbound.Trust;

/**
 * Where the agency's directory is and how officers are found in it.
 *
 * @param host as its certificate names it
 * @param base below which officers are
 * @param bindDn the platform's own account there; empty for a directory that lets anyone search
 * @param attribute which holds what an account here calls its directory name
 * @param sockets believe certain certificates, and only under the name of the host
 */
public record LdapSettings(
    String host,
    int port,
    Guard guard,
    String base,
    String bindDn,
    String bindPassword,
    String attribute,
    SSLSocketFactory sockets,
    Patience patience) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** What keeps the passwords from being read on the way. */
  public enum Guard {
    /** TLS from the first byte: {@code ldaps://}. */
    TLS,
    /** TLS before anything else is said: {@code ldap://}. */
    START_TLS,
    /** None; to this machine itself and nowhere else. */
    NONE
  }

  /**
   * Empty where {@code TONGGUAN_LDAP_URL} is not set; a start failure where the settings cannot
   * work.
   */
  public static Optional<LdapSettings> of(Map<String, String> environment) {
    String url = environment.getOrDefault("TONGGUAN_LDAP_URL", "");
    return url.isBlank() ? Optional.empty() : Optional.of(read(url.strip(), environment));
  }

  private static LdapSettings read(String url, Map<String, String> environment) {
    URI uri = uri(url);
    boolean fromTheFirstByte = "ldaps".equals(uri.getScheme());
    Guard guard = fromTheFirstByte ? Guard.TLS : guard(uri.getHost(), environment);
    String bindDn = environment.getOrDefault("TONGGUAN_LDAP_BIND_DN", "").strip();
    return new LdapSettings(
        uri.getHost(),
        uri.getPort() > 0 ? uri.getPort() : fromTheFirstByte ? 636 : 389,
        guard,
        name("TONGGUAN_LDAP_BASE", environment.getOrDefault("TONGGUAN_LDAP_BASE", "")),
        bindDn.isEmpty() ? "" : name("TONGGUAN_LDAP_BIND_DN", bindDn),
        bindDn.isEmpty()
            ? ""
            : Trust.secret(
                "TONGGUAN_LDAP_BIND_PASSWORD_FILE", environment, "TONGGUAN_LDAP_BIND_DN"),
        attribute(environment.getOrDefault("TONGGUAN_LDAP_ATTRIBUTE", "uid").strip()),
        new NamedPeerFactory(Trust.of("TONGGUAN_LDAP_CA_FILE", environment).getSocketFactory()),
        Patience.STANDARD);
  }

  /** The same directory, waited for otherwise. */
  public LdapSettings within(Patience other) {
    return new LdapSettings(
        host, port, guard, base, bindDn, bindPassword, attribute, sockets, other);
  }

  private static URI uri(String url) {
    try {
      URI uri = new URI(url);
      boolean plain =
          uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getQuery() == null
              && Set.of("", "/").contains(uri.getPath());
      if (plain && Set.of("ldap", "ldaps").contains(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException notOne) {
      // answered below
    }
    throw StartFailure.usage(
        "TONGGUAN_LDAP_URL \"%s\" is not ldaps://host[:port] or ldap://host[:port]."
            .formatted(url));
  }

  private static Guard guard(String host, Map<String, String> environment) {
    String asked = environment.getOrDefault("TONGGUAN_LDAP_PLAIN", "");
    if (asked.isBlank()) {
      return Guard.START_TLS;
    }
    if (!asked.equals("yes") || !LOOPBACK.contains(host)) {
      throw StartFailure.usage(
          "TONGGUAN_LDAP_PLAIN=yes sends passwords readable, so it is for a directory on 127.0.0.1 only.");
    }
    return Guard.NONE;
  }

  private static String name(String setting, String value) {
    if (value.isBlank() || !DN.isValidDN(value)) {
      throw StartFailure.usage(
          "%s \"%s\" is not a distinguished name such as ou=people,dc=example,dc=org."
              .formatted(setting, value));
    }
    return value.strip();
  }

  private static String attribute(String value) {
    if (!value.matches("[A-Za-z][A-Za-z0-9-]{0,63}")) {
      throw StartFailure.usage(
          "TONGGUAN_LDAP_ATTRIBUTE \"%s\" is not the name of an attribute.".formatted(value));
    }
    return value;
  }

  @Override
  public String toString() {
    return "LdapSettings[" + host + ':' + port + ' ' + guard + ' ' + base + ']';
  }
}
