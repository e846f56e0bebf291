package tongguan.steward.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.steward.base.Limits;
import tongguan.steward.enrol.Identity;
import tongguan.steward.wire.Body;
import tongguan.steward.wire.Fields;
import tongguan.steward.wire.Framing;
import tongguan.steward.wire.Head;
import tongguan.steward.wire.PlatformLine;
import tongguan.steward.wire.WireInput;
import tongguan.steward.wire.WireProblem;

/**
 * One connection of a browser, with one to the platform behind it; requests one after the other.
 */
final class BrowserConnection {
  private static final Logger LOG = System.getLogger("steward.gateway");

  private final Socket browser;
  private final int port;
  private final Upstream upstream;
  private final WireInput in;
  private final OutputStream out;
  private @Nullable PlatformLine line;
  private @Nullable Identity lineOf;

  BrowserConnection(Socket browser, int port, Upstream upstream) throws IOException {
    this.browser = browser;
    this.port = port;
    this.upstream = upstream;
    browser.setTcpNoDelay(true);
    in = new WireInput(browser.getInputStream());
    out = browser.getOutputStream();
  }

  void serve() throws IOException {
    try {
      patience(Limits.BROWSER_IDLE);
      while (in.hasMore()) {
        patience(Limits.BROWSER_SILENCE);
        if (!serveOne()) {
          return;
        }
        patience(Limits.BROWSER_IDLE);
      }
    } catch (WireProblem problem) {
      LOG.log(Level.INFO, "refused: {0}", problem.getMessage());
      out.write(OwnAnswer.badRequest(problem.status()).bytes(true));
    } finally {
      hangUp();
    }
  }

  private void patience(Duration silence) throws IOException {
    browser.setSoTimeout((int) silence.toMillis());
  }

  /** False if the connection ends behind it. */
  private boolean serveOne() throws IOException {
    Request request = Request.of(Head.read(in));
    if (!request.isForHere(port)) {
      return say(request, OwnAnswer.foreignHost());
    }
    return switch (upstream.way().get()) {
      case Upstream.Way.NotEnrolled() -> say(request, OwnAnswer.notEnrolled());
      case Upstream.Way.Wiped() -> say(request, OwnAnswer.wiped());
      case Upstream.Way.Open(Identity identity) -> carry(request, identity);
    };
  }

  private boolean say(Request request, OwnAnswer answer) throws IOException {
    out.write(answer.bytes(!request.method().equals("HEAD")));
    return false;
  }

  private boolean carry(Request request, Identity identity) throws IOException {
    boolean reused = line != null && identity.equals(lineOf);
    try {
      return answered(request, ask(request, identity));
    } catch (PlatformAway away) {
      if (!reused || !request.isRepeatable()) {
        return away(request, away);
      }
    }
    // The platform had closed a connection that lay idle; a question without a body can be put
    // again.
    try {
      return answered(request, ask(request, identity));
    } catch (PlatformAway away) {
      return away(request, away);
    }
  }

  private boolean away(Request request, PlatformAway away) throws IOException {
    LOG.log(Level.WARNING, "the platform is away: {0}", String.valueOf(away.getMessage()));
    return say(request, OwnAnswer.platformAway());
  }

  /** The platform's side failed, and the browser has not been answered yet. */
  private static final class PlatformAway extends Exception {
    private static final long serialVersionUID = 1;

    PlatformAway(IOException cause) {
      super(cause.getMessage(), cause, false, false);
    }
  }

  /**
   * Sends the request and waits for the answer's head. The browser's own faults pass through as
   * they are; the platform's become {@link PlatformAway}.
   */
  private PlatformLine.Answer ask(Request request, Identity identity)
      throws IOException, PlatformAway {
    PlatformLine to = connected(identity);
    try {
      to.send(request.forward(upstream.attestation().apply(to.localAddress())));
    } catch (IOException e) {
      hangUp();
      throw new PlatformAway(e);
    }
    if (request.wantsContinue()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    boolean bodySent = sendBody(request, to);
    try {
      PlatformLine.Answer answer = to.answer(request.method());
      if (!bodySent) {
        unfinished = true;
      }
      return answer;
    } catch (IOException e) {
      hangUp();
      throw new PlatformAway(e);
    }
  }

  /** The request's body was not taken to its end, so that no other request can follow it. */
  private boolean unfinished;

  /**
   * False if the platform stopped listening, as it does when it refuses a body that is too large.
   */
  private boolean sendBody(Request request, PlatformLine to) throws IOException {
    PlatformSide side = new PlatformSide(to.out());
    try {
      Body.pass(request.framing(), in, side);
      return true;
    } catch (IOException e) {
      if (side.failed) {
        return false;
      }
      hangUp();
      throw e;
    }
  }

  /** Remembers which of the two sides it was that failed. */
  private static final class PlatformSide extends java.io.FilterOutputStream {
    private boolean failed;

    PlatformSide(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      try {
        out.write(bytes, offset, count);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }

  private PlatformLine connected(Identity identity) throws PlatformAway {
    if (line != null && identity.equals(lineOf)) {
      return line;
    }
    hangUp();
    try {
      PlatformLine fresh = new PlatformLine(identity.tls().connect(identity.platform()));
      // Event streams have something to say every 15 s.
      fresh.patience(Limits.ANSWER.multipliedBy(3));
      line = fresh;
      lineOf = identity;
      return fresh;
    } catch (IOException e) {
      throw new PlatformAway(e);
    }
  }

  private boolean answered(Request request, PlatformLine.Answer answer) throws IOException {
    PlatformLine from = java.util.Objects.requireNonNull(line);
    boolean ends =
        request.isLast()
            || unfinished
            || answer.framing() instanceof Framing.UntilClose
            || answer.fields().tokens("connection").contains("close");
    Fields fields = answer.fields().endToEnd(Set.of());
    lengthOfNoBody(request, answer, fields);
    answer.framing().tell(fields);
    if (ends) {
      fields.add("Connection", "close");
    }
    out.write(new Head("HTTP/1.1 " + answer.status() + " " + answer.reason(), fields).bytes());
    out.flush();
    try {
      Body.pass(answer.framing(), from.in(), out);
    } catch (WireProblem nonsense) {
      // The answer has begun: all that can be said now is that it is not whole.
      throw new IOException("the platform's answer broke off: " + nonsense.getMessage(), nonsense);
    }
    return !ends;
  }

  /** An answer to HEAD says how long the body would be. */
  private static void lengthOfNoBody(Request request, PlatformLine.Answer answer, Fields fields) {
    if (answer.framing() instanceof Framing.None && request.method().equals("HEAD")) {
      answer.fields().all("content-length").forEach(n -> fields.add("Content-Length", n));
    }
  }

  private void hangUp() {
    if (line != null) {
      line.close();
      line = null;
      lineOf = null;
    }
  }
}
