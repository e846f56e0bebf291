package tongguan.access.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tongguan.base.Json;
import tools.jackson.databind.JsonNode;

/** A stream that is held, and what comes over it. */
final class Events implements AutoCloseable {
  static final String OVER = "over";

  /** One event; the end of the stream is one, too. */
  record Event(String name, String id, JsonNode data) {
    String kind() {
      return data.path("kind").stringValue("");
    }

    long number() {
      return data.path("number").longValue(0);
    }
  }

  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /** Every device is told its policy first; who asks for something else does not wait for that. */
  private final BlockingQueue<Event> policies = new LinkedBlockingQueue<>();

  Events(HttpClient client, URI uri) {
    try {
      response =
          client.send(
              HttpRequest.newBuilder(uri).header("Accept", "text/event-stream").build(),
              HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    if (response.statusCode() == 200) {
      Thread.ofVirtual().start(this::read);
    }
  }

  int status() {
    return response.statusCode();
  }

  private void read() {
    String name = "";
    String id = "";
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        if (text.startsWith("event: ")) {
          name = text.substring(7);
        } else if (text.startsWith("id: ")) {
          id = text.substring(4);
        } else if (text.startsWith("data: ")) {
          Event event =
              new Event(name, id, Json.read(text.substring(6).getBytes(StandardCharsets.UTF_8)));
          (event.kind().equals("policy") ? policies : events).add(event);
        }
      }
    } catch (IOException | Json.Malformed cut) {
      // the end, too
    }
    events.add(new Event(OVER, "", Json.MAPPER.createObjectNode()));
  }

  /** The next one that is no policy, within five seconds. */
  Event next() {
    return next(events);
  }

  /** The next policy, within five seconds. */
  Event policy() {
    return next(policies);
  }

  /** How many policies have come that nobody took. */
  int policies() {
    return policies.size();
  }

  private static Event next(BlockingQueue<Event> of) {
    try {
      Event event = of.poll(5, TimeUnit.SECONDS);
      assertThat(event).as("an event").isNotNull();
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  Event hello() {
    Event hello = next();
    assertThat(hello.name()).isEqualTo("hello");
    return hello;
  }

  Event command() {
    Event command = next();
    assertThat(command.name()).isEqualTo("command");
    return command;
  }

  /** Whether the stream ends within so many milliseconds, whatever comes before. */
  long millisUntilOver(long most) {
    long started = System.nanoTime();
    try {
      while (true) {
        long left = most - (System.nanoTime() - started) / 1_000_000;
        Event event = events.poll(Math.max(1, left), TimeUnit.MILLISECONDS);
        if (event == null) {
          throw new AssertionError("still held after " + most + " ms");
        }
        if (event.name().equals(OVER)) {
          return (System.nanoTime() - started) / 1_000_000;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  boolean isSilent(long millis) {
    try {
      return events.poll(millis, TimeUnit.MILLISECONDS) == null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      if (status() == 200) {
        response.body().close();
      }
    } catch (IOException gone) {
      // wanted
    }
  }
}
