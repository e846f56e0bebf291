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
 * @param source from where it may be asked
 */
public record Route(
    String method,
    String path,
    String need,
    long bodyBytes,
    Set<String> consumes,
    Set<String> produces,
    Source source,
    Handler handler) {

  /** For health, the static client and routes with a credential of their own. */
  public static final String OPEN = "open";

  private static final Set<String> JSON = Set.of("application/json");

  /** Stands in the traffic's figures for requests that no route is there for. */
  static final Route NOWHERE =
      new Route("-", "-", OPEN, 0, Set.of(), Set.of(), Source.PROVEN, call -> {});

  /** From where a route may be asked, where that is looked at. */
  public enum Source {
    /** A device that is proven, or a network that needs none. */
    PROVEN,
    /** The same, and devices that were cut off. */
    LOST_DEVICES_TOO,
    /** From a known network; the device has nothing to prove itself with yet. */
    NO_DEVICE_YET,
    /** From everywhere: for balancers that ask whether this node is well. */
    ANYWHERE
  }

  /** What a route does with an admitted call. */
  @FunctionalInterface
  public interface Handler {
    void handle(Call call);
  }

  public static Route get(String path, String need, Handler handler) {
    return new Route("GET", path, need, 0, Set.of(), JSON, Source.PROVEN, handler);
  }

  public static Route post(String path, String need, Handler handler) {
    return new Route("POST", path, need, Limits.BODY_BYTES, JSON, JSON, Source.PROVEN, handler);
  }

  /** The same route for other bodies. */
  public Route accepting(long bytes, Set<String> mediaTypes) {
    return new Route(method, path, need, bytes, mediaTypes, produces, source, handler);
  }

  /** The same route with answers of other kinds. */
  public Route producing(Set<String> mediaTypes) {
    return new Route(method, path, need, bodyBytes, consumes, mediaTypes, source, handler);
  }

  private Route from(Source where) {
    return new Route(method, path, need, bodyBytes, consumes, produces, where, handler);
  }

  /** The same route, which also answers devices that were cut off, so that the wipe gets there. */
  public Route alsoForLostDevices() {
    return from(Source.LOST_DEVICES_TOO);
  }

  /** The same route for devices that have no certificate yet. */
  public Route withoutDevice() {
    return from(Source.NO_DEVICE_YET);
  }

  /** The same route, whoever asks from wherever. */
  public Route fromAnywhere() {
    return from(Source.ANYWHERE);
  }
}
