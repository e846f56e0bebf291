package tongguan.base.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/**
 * Watches over the head of each request. (The server calls no listener at all when it has more than
 * one, so this is the only one.)
 *
 * <p>Refuses what the server's own parser lets pass although two parties on the way could read it
 * differently: addresses in another form than a path, bytes beyond ASCII in them, headers without a
 * name. The connection is closed after the answer.
 */
final class RequestHeads implements Http1ConnectionListener {
  private final SlowPeers slowPeers;

  RequestHeads(SlowPeers slowPeers) {
    this.slowPeers = slowPeers;
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    slowPeers.requestBegins(connection);
    String path = prologue.uriPath().rawPath();
    boolean plain = path.chars().allMatch(c -> c > ' ' && c < 0x7F);
    if (!plain || !(path.startsWith("/") || path.equals("*"))) {
      throw malformed();
    }
  }

  @Override
  public void headers(ConnectionContext connection, Headers headers) {
    for (Header header : headers) {
      if (header.name().isBlank()) {
        throw malformed();
      }
    }
  }

  private static RequestException malformed() {
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .setKeepAlive(false)
        .message("ambiguous request")
        .build();
  }

  @Override
  public void data(ConnectionContext connection, BufferData data) {
    // what is refused here shows once it is parsed
  }

  @Override
  public void data(ConnectionContext connection, byte[] data, int position, int length) {
    // see above
  }
}
