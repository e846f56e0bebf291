package tongguan.steward.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where the platform is: a host and a port, behind https only. */
public record PlatformAddress(String host, int port) {
  /** Empty for anything that is not {@code https://host[:port]}, with at most a slash behind it. */
  public static Optional<PlatformAddress> parse(String url) {
    try {
      URI uri = new URI(url);
      boolean plain =
          "https".equals(uri.getScheme())
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
      return plain
          ? Optional.of(
              new PlatformAddress(
                  uri.getHost().replaceAll("[\\[\\]]", ""),
                  uri.getPort() < 0 ? 443 : uri.getPort()))
          : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  /** As the field Host has it. */
  public String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  public String url() {
    return "https://" + authority();
  }
}
