package tongguan.clearance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.Json;
import tools.jackson.databind.JsonNode;

/** A page that is told of the commands of a declaration, as its stream comes in. */
final class LivePage implements AutoCloseable {
  private static final int PATIENCE_MS = 60_000;

  private final HttpURLConnection connection;
  private final BufferedReader lines;
  private JsonNode last = Json.MAPPER.createObjectNode();

  private LivePage(HttpURLConnection connection) throws IOException {
    this.connection = connection;
    this.lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

  record Event(String event, String data) {}

  static LivePage open(Platform node, SignedIn officer, String declaration) {
    try {
      URI uri =
          URI.create(
              "http://127.0.0.1:%d/api/v1/commands/stream?declaration=%s"
                  .formatted(node.port(), declaration.replace(" ", "")));
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setReadTimeout(PATIENCE_MS);
      connection.setRequestProperty("Cookie", officer.cookie());
      connection.setRequestProperty("Accept", "text/event-stream");
      return new LivePage(connection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next event, comments passed by; one without a name where the stream has ended. */
  Event next() {
    String event = "";
    StringBuilder data = new StringBuilder();
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          data.append(line.substring("data: ".length()));
        } else if (line.isEmpty() && !event.isEmpty()) {
          return new Event(event, data.toString());
        }
      }
      return new Event("", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The states of a command as they come, up to one of them. */
  List<String> statesUntil(String command, String state) {
    List<String> states = new ArrayList<>();
    while (!states.contains(state)) {
      Event event = next();
      if (event.event().isEmpty()) {
        throw new AssertionError("the stream ended after " + states);
      }
      if (event.event().equals("command")) {
        last = read(event.data());
        if (last.path("id").stringValue("").equals(command)) {
          states.add(last.path("state").stringValue(""));
        }
      }
    }
    return states;
  }

  JsonNode last() {
    return last;
  }

  boolean endsWithoutAnother() {
    return next().event().isEmpty();
  }

  private static JsonNode read(String data) {
    try {
      return Json.read(data.getBytes(StandardCharsets.UTF_8));
    } catch (Json.Malformed e) {
      throw new AssertionError(data, e);
    }
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
