package tongguan.base.http;

import io.helidon.http.HeaderValues;
import io.helidon.http.media.ReadableEntity;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;

/**
 * Ends the connection after an answer where either side asked for it, and where the body of the
 * request was not read to its end.
 *
 * <p>The server by itself does neither: it leaves the connection open, and reads on where the body
 * was left, so that the rest of a refused body would be taken for the next request.
 */
final class ConnectionEnd implements Filter {
  private static final Duration COURTESY = Duration.ofSeconds(1);

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
      boolean readToTheEnd = isReadToTheEnd(request.content());
      if (!readToTheEnd
          || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
          || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
        throw new CloseConnectionException("the last answer on this connection");
      }
    } finally {
      slowPeers.requestEnds();
    }
  }

  private static boolean isReadToTheEnd(ReadableEntity body) {
    if (!body.hasEntity() || body.consumed()) {
      return true;
    }
    try {
      return Body.skipRest(body.inputStream());
    } catch (IllegalStateException takenByTheHandler) {
      return false;
    }
  }
}
