package tongguan.base.http;

import java.util.Set;
import tongguan.base.Limits;

/**
 * One operation of the API. Routes are data, so that tests can walk all of them.
 *
 * @param path with {@code {name}} for parameters, and {@code {+name}} at the end for one that may
 *     hold slashes
 * @param need the permission that the viewer must have; {@link #OPEN} where the route looks at the
 *     caller itself
 * @param bodyBytes the largest body, after inflation
 * @param consumes media types of the body; empty where there is none
 * @param produces media types of a good answer; empty where that depends on what is asked for
 */
public record Route(
    String method,
    String path,
    String need,
    long bodyBytes,
    Set<String> consumes,
    Set<String> produces,
    Handler handler) {

  /** For health, the static client and routes with a credential of their own. */
  public static final String OPEN = "open";

  private static final Set<String> JSON = Set.of("application/json");

  /** Stands in the traffic's figures for requests that no route is there for. */
  static final Route NOWHERE = new Route("-", "-", OPEN, 0, Set.of(), Set.of(), call -> {});

  /** What a route does with an admitted call. */
  @FunctionalInterface
  public interface Handler {
    void handle(Call call);
  }

  public static Route get(String path, String need, Handler handler) {
    return new Route("GET", path, need, 0, Set.of(), JSON, handler);
  }

  public static Route post(String path, String need, Handler handler) {
    return new Route("POST", path, need, Limits.BODY_BYTES, JSON, JSON, handler);
  }

  /** The same route for other bodies. */
  public Route accepting(long bytes, Set<String> mediaTypes) {
    return new Route(method, path, need, bytes, mediaTypes, produces, handler);
  }

  /** The same route with answers of other kinds. */
  public Route producing(Set<String> mediaTypes) {
    return new Route(method, path, need, bodyBytes, consumes, mediaTypes, handler);
  }
}
