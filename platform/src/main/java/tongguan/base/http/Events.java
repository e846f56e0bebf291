package tongguan.base.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An answer that is held open and written to as things happen (server-sent events, WHATWG HTML
 * §9.2). It stays on its connection's own thread, which costs nothing while it waits. Nobody is cut
 * for waiting; a peer that takes nothing of what is written to it for as long as an answer may take
 * is.
 */
public final class Events implements AutoCloseable {
  public static final String MEDIA_TYPE = "text/event-stream";

  private final OutputStream out;
  private final SlowPeers slowPeers;
  private final Patience patience;
  private boolean gone;

  Events(OutputStream out, SlowPeers slowPeers, Patience patience) {
    this.out = out;
    this.slowPeers = slowPeers;
    this.patience = patience;
    slowPeers.ourTurn();
  }

  /**
   * Writes one event, all of it, before it returns.
   *
   * @param id what a client that comes back says that it had last; empty for none
   * @return false where the peer is gone: nothing that is written now gets anywhere
   */
  public boolean send(String event, String id, String data) {
    StringBuilder text = new StringBuilder(data.length() + 64);
    text.append("event: ").append(oneLine(event)).append('\n');
    if (!id.isEmpty()) {
      text.append("id: ").append(oneLine(id)).append('\n');
    }
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    return write(text.append('\n').toString());
  }

  /** Says that somebody is here. */
  public boolean comment() {
    return write(":\n\n");
  }

  private static String oneLine(String field) {
    if (field.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new IllegalArgumentException("a field of an event is one line");
    }
    return field;
  }

  private boolean write(String text) {
    if (gone) {
      return false;
    }
    slowPeers.peerHas(patience.transfer());
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException | RuntimeException broken) {
      // The server throws many kinds for a connection that was cut.
      gone = true;
    } finally {
      slowPeers.ourTurn();
    }
    return !gone;
  }

  /** The end of the answer, and of its connection. */
  @Override
  public void close() {
    slowPeers.peerHas(patience.transfer());
    try {
      out.close();
    } catch (IOException | RuntimeException broken) {
      // gone: what the end would have come to
    }
  }
}
