package tongguan.base.http;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.http.media.ReadableEntity;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import tongguan.base.Limits;

/**
 * Ends the connection after an answer where either side asked for it, and where the body of the
 * request was not read to its end.
 *
 * <p>The server by itself does neither: it leaves the connection open, and reads on where the body
 * was left, so that the rest of a refused body would be taken for the next request.
 */
final class ConnectionEnd implements Filter {
  private static final Duration COURTESY = Duration.ofSeconds(1);

  /** Of a body that was refused as too large; what is larger still does not get this far. */
  static final long LARGEST_STILL_READ = 2 * Limits.TRANSMISSION_BYTES;

  private final SlowPeers slowPeers;

  ConnectionEnd(SlowPeers slowPeers) {
    this.slowPeers = slowPeers;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    slowPeers.ourTurn();
    try {
      chain.proceed();
      slowPeers.peerHas(COURTESY);
      boolean readToTheEnd = isReadToTheEnd(request.content(), courtesy(response));
      if (!readToTheEnd
          || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
          || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
        throw new CloseConnectionException("the last answer on this connection");
      }
    } finally {
      slowPeers.requestEnds();
    }
  }

  /**
   * Many senders send all of a body before they listen. Ended in the middle of it, their connection
   * is reset, and the answer that says how much is allowed is lost. It has gone out by now, and
   * reading on ends with the second that peers have.
   */
  private static long courtesy(RoutingResponse response) {
    return response.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413)
        ? LARGEST_STILL_READ
        : Body.COURTESY_BYTES;
  }

  private static boolean isReadToTheEnd(ReadableEntity body, long most) {
    if (!body.hasEntity() || body.consumed()) {
      return true;
    }
    try {
      return Body.skipRest(body.inputStream(), most);
    } catch (IllegalStateException takenByTheHandler) {
      return false;
    }
  }
}
