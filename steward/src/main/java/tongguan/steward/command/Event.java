package tongguan.steward.command;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.steward.base.Limits;
import tongguan.steward.wire.WireInput;

/** One event of a stream (WHATWG HTML, "Server-sent events"). */
record Event(String name, String data) {

  /**
   * The next one, which may be without data: a comment that says that somebody is there. Empty at
   * the end of the stream.
   */
  static Optional<Event> next(WireInput in) throws IOException {
    String name = "";
    @Nullable StringBuilder data = null;
    while (true) {
      String line = in.textLine(Limits.EVENT_CHARACTERS);
      if (line == null) {
        return Optional.empty();
      }
      if (line.startsWith(":")) {
        if (data == null && name.isEmpty()) {
          return Optional.of(new Event("", ""));
        }
      } else if (line.isEmpty()) {
        if (data != null) {
          return Optional.of(new Event(name, data.toString()));
        }
        name = "";
      } else if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        data = data == null ? new StringBuilder() : data.append('\n');
        data.append(line.startsWith("data: ") ? line.substring(6) : line.substring(5));
        if (data.length() > Limits.EVENT_CHARACTERS) {
          throw new IOException("an event is too long");
        }
      }
    }
  }
}
