package tongguan.steward.command;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tongguan.steward.base.Json;
import tongguan.steward.base.Limits;
import tongguan.steward.enrol.Identity;
import tongguan.steward.wire.Body;
import tongguan.steward.wire.Fields;
import tongguan.steward.wire.Head;
import tongguan.steward.wire.PlatformLine;
import tongguan.steward.wire.WireInput;
import tools.jackson.databind.JsonNode;

/** The stream that the device holds, so that the platform can speak to it at any time. */
public final class CommandStream {
  private static final Logger LOG = System.getLogger("steward.stream");

  static final String PATH = "/api/v1/device/stream";

  /** What comes out of it. */
  public interface Listener {
    /** The first word: the platform's time and the rules. */
    void hello(Instant time, long heartbeatSeconds, long lockHours, long wipeDays)
        throws IOException;

    /** Anything at all was heard. */
    void alive();

    void command(Command command) throws IOException;
  }

  private final Listener listener;

  public CommandStream(Listener listener) {
    this.listener = listener;
  }

  /** Holds one stream until it ends; says how with the exception, and returns after a clean end. */
  public void hold(Identity identity) throws IOException, Json.Malformed {
    try (PlatformLine line = new PlatformLine(identity.tls().connect(identity.stream()))) {
      line.patience(Limits.STREAM_SILENCE);
      line.send(
          new Head(
              "GET " + PATH + " HTTP/1.1",
              new Fields()
                  .add("Host", identity.stream().authority())
                  .add("Accept", "text/event-stream")
                  .add("Cache-Control", "no-store")));
      PlatformLine.Answer answer = line.answer("GET");
      if (answer.status() != 200) {
        throw new IOException("the platform answered the stream with " + answer.status());
      }
      listen(Body.reader(answer.framing(), line.in()));
    }
  }

  private void listen(WireInput events) throws IOException, Json.Malformed {
    boolean greeted = false;
    for (Optional<Event> next = Event.next(events); next.isPresent(); next = Event.next(events)) {
      Event event = next.get();
      listener.alive();
      switch (event.name()) {
        case "hello" -> {
          hello(Json.read(event.data()));
          greeted = true;
        }
        case "command" -> {
          if (!greeted) {
            throw new IOException("a command before the hello");
          }
          command(event.data());
        }
        default -> {
          // a comment, or an event of a later version
        }
      }
    }
  }

  /** One that cannot be read must not keep those behind it from coming. */
  private void command(String data) throws IOException {
    try {
      listener.command(Command.parse(data));
    } catch (Json.Malformed malformed) {
      LOG.log(Level.WARNING, "a command that cannot be read: {0}", malformed.getMessage());
    }
  }

  private void hello(JsonNode hello) throws IOException, Json.Malformed {
    try {
      listener.hello(
          Instant.parse(Json.text(hello, "time")),
          Json.number(hello, "heartbeatSeconds", Limits.HEARTBEAT.toSeconds()),
          Json.number(hello, "lockHours", Limits.LOCK_HOURS),
          Json.number(hello, "wipeDays", Limits.WIPE_DAYS));
    } catch (DateTimeException notATime) {
      throw new Json.Malformed("hello without a time");
    }
  }
}
