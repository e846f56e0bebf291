package tongguan.identity.directory;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import tongguan.base.StartFailure;
import tongguan.base.outbound.Trust;

/**
 * Which sign-on service says who officers are (OpenID Connect), and what this platform is to it.
 *
 * @param issuer exactly as the service calls itself
 * @param redirect where it sends the browser back to, exactly as it is registered there
 * @param name what the button on the page is called
 * @param trust whose certificates are believed
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    String clientSecret,
    URI redirect,
    String name,
    SSLContext trust,
    Patience patience) {

  public static final String CALLBACK = "/api/v1/login/oidc/callback";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** Empty where {@code TONGGUAN_OIDC_ISSUER} is not set. */
  public static Optional<OidcSettings> of(Map<String, String> environment) {
    if (environment.getOrDefault("TONGGUAN_OIDC_ISSUER", "").isBlank()) {
      return Optional.empty();
    }
    URI issuer = uri("TONGGUAN_OIDC_ISSUER", environment);
    URI redirect = uri("TONGGUAN_OIDC_REDIRECT", environment);
    if (!CALLBACK.equals(redirect.getPath()) || redirect.getQuery() != null) {
      throw StartFailure.usage("TONGGUAN_OIDC_REDIRECT must end with " + CALLBACK + ".");
    }
    String clientId = environment.getOrDefault("TONGGUAN_OIDC_CLIENT_ID", "").strip();
    if (clientId.isEmpty()) {
      throw StartFailure.usage("TONGGUAN_OIDC_CLIENT_ID is missing.");
    }
    String name = environment.getOrDefault("TONGGUAN_OIDC_NAME", "").strip();
    return Optional.of(
        new OidcSettings(
            issuer,
            clientId,
            Trust.secret(
                "TONGGUAN_OIDC_CLIENT_SECRET_FILE", environment, "TONGGUAN_OIDC_CLIENT_ID"),
            redirect,
            name.isEmpty() ? String.valueOf(issuer.getHost()) : name,
            Trust.of("TONGGUAN_OIDC_CA_FILE", environment),
            Patience.STANDARD));
  }

  /** The same service, waited for otherwise. */
  public OidcSettings within(Patience other) {
    return new OidcSettings(issuer, clientId, clientSecret, redirect, name, trust, other);
  }

  private static URI uri(String setting, Map<String, String> environment) {
    String text = environment.getOrDefault(setting, "").strip();
    try {
      URI uri = new URI(text);
      if (isGuarded(uri) && uri.getUserInfo() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException notOne) {
      // answered below
    }
    throw StartFailure.usage(
        "%s \"%s\" is not an https address (http to 127.0.0.1 only).".formatted(setting, text));
  }

  /** Read by nobody on the way: TLS, or this machine itself. */
  static boolean isGuarded(URI uri) {
    return uri.getHost() != null
        && ("https".equals(uri.getScheme())
            || "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
  }

  /** Whether the platform itself talks to this address: guarded, and the issuer's own machine. */
  boolean mayAsk(URI uri) {
    return isGuarded(uri)
        && uri.getScheme().equals(issuer.getScheme())
        && uri.getHost().equalsIgnoreCase(issuer.getHost())
        && uri.getPort() == issuer.getPort()
        && uri.getUserInfo() == null;
  }

  @Override
  public String toString() {
    return "OidcSettings[" + issuer + ", " + clientId + ']';
  }
}
