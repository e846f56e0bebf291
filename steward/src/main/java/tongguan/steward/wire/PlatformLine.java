package tongguan.steward.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import tongguan.steward.base.Limits;

/** One connection to the platform: a request goes out, an answer's head comes in, then its body. */
public final class PlatformLine implements Closeable {
  private static final int GOODBYE_MILLIS = 500;

  private final SSLSocket socket;
  private final WireInput in;
  private final OutputStream out;

  public PlatformLine(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new WireInput(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** An answer without its body yet. */
  public record Answer(int status, String reason, Fields fields, Framing framing) {}

  public void patience(Duration silence) throws IOException {
    socket.setSoTimeout((int) silence.toMillis());
  }

  public void send(Head request) throws IOException {
    out.write(request.bytes());
    out.flush();
  }

  /** Ours, from which the card that it goes over is known. */
  public InetAddress localAddress() {
    return socket.getLocalAddress();
  }

  public OutputStream out() {
    return out;
  }

  public WireInput in() {
    return in;
  }

  /** The final answer; those before it (100, 103) are left out. */
  public Answer answer(String method) throws IOException {
    while (true) {
      Head head = Head.read(in);
      String[] words = head.start().split(" ", 3);
      if (words.length < 2 || !words[0].equals("HTTP/1.1") || !words[1].matches("[1-5][0-9]{2}")) {
        throw new WireProblem(502, "not an HTTP/1.1 answer");
      }
      int status = Integer.parseInt(words[1]);
      if (status == 101) {
        throw new WireProblem(502, "the platform wants another protocol");
      }
      if (status >= 200) {
        return new Answer(
            status,
            words.length == 3 ? words[2] : "",
            head.fields(),
            Framing.ofAnswer(method, status, head.fields()));
      }
    }
  }

  /** One small request on a connection of its own, and its whole answer. */
  public static Reply exchange(
      Tls tls, PlatformAddress place, String method, String path, byte[] body) throws IOException {
    try (PlatformLine line = new PlatformLine(tls.connect(place))) {
      Fields fields =
          new Fields()
              .add("Host", place.authority())
              .add("Connection", "close")
              .add("Accept", "application/json, application/problem+json")
              .add("Content-Type", "application/json")
              .add("Content-Length", Integer.toString(body.length));
      line.send(new Head(method + " " + path + " HTTP/1.1", fields));
      line.out().write(body);
      line.out().flush();
      Answer answer = line.answer(method);
      return new Reply(
          answer.status(), Body.whole(answer.framing(), line.in(), Limits.ANSWER_BYTES));
    }
  }

  public record Reply(int status, byte[] body) {
    public boolean succeeded() {
      return status >= 200 && status < 300;
    }
  }

  @Override
  public void close() {
    try {
      // A goodbye that is not answered must not take as long as an answer would.
      socket.setSoTimeout(GOODBYE_MILLIS);
      socket.close();
    } catch (IOException alreadyGone) {
      // nothing is left to be said to it
    }
  }
}
