package tongguan.core;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a core system has told since a moment. */
public sealed interface Events {
  /**
   * @param bodies in its order; none when nothing is new
   * @param cursor where to go on once all of them are stored
   */
  record Told(List<Body> bodies, String cursor) implements Events {
    public Told {
      bodies = List.copyOf(bodies);
    }
  }

  record Away(String why) implements Events {}

  /** Messages as they came, for {@code exchange} to read. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Body(String mediaType, byte[] bytes) {
    public static Body json(String message) {
      return new Body("application/json", message.getBytes(StandardCharsets.UTF_8));
    }

    public static Body edifact(byte[] interchange) {
      return new Body("application/edifact", interchange);
    }
  }
}
