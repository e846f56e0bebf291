package tongguan.base.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tongguan.base.Ids;

/** Answers that are held open: who is cut and who is not. */
class EventsHttpTest {
  private static final Duration PATIENCE = Duration.ofMillis(600);

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final AtomicInteger over = new AtomicInteger();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final WebHost host =
      new WebHost(
          0,
          List.of(
              Route.get("/events", Route.OPEN, this::hold).producing(Set.of(Events.MEDIA_TYPE))),
          new StaticClient("/test-web"),
          (call, route) -> permission -> false,
          new Ids(Clock.systemUTC()),
          new Traffic(registry),
          new Patience(PATIENCE, PATIENCE, PATIENCE, Duration.ofSeconds(1)));

  EventsHttpTest() {
    host.start();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  /** Sends what the test puts there, until it says that it is the end. */
  private void hold(Call call) {
    try (Events events = call.events()) {
      events.send("hello", "1", "two\nlines");
      for (String text = texts.take(); !text.equals("end"); text = texts.take()) {
        if (!(text.isEmpty() ? events.comment() : events.send("text", "", text))) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over.incrementAndGet();
    }
  }

  private Socket ask(String method) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port());
    socket.setSoTimeout(5_000);
    socket
        .getOutputStream()
        .write(
            (method + " /events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String readUntil(Socket socket, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return text.toString();
      }
      text.append((char) next);
    }
    return text.toString();
  }

  @Test
  void eventsAreWrittenAsTheyHappenAndTheConnectionEndsWithTheStream() throws IOException {
    try (Socket socket = ask("GET")) {
      String first = readUntil(socket, "data: lines\n\n");
      assertThat(first)
          .containsIgnoringCase("Content-Type: text/event-stream")
          .containsIgnoringCase("Connection: close")
          .contains("event: hello\nid: 1\ndata: two\ndata: lines\n\n");

      texts.add("");
      assertThat(readUntil(socket, ":\n\n")).endsWith(":\n\n");
      texts.add("x");
      assertThat(readUntil(socket, "data: x\n\n")).contains("event: text\n");
      texts.add("end");
      assertThat(readUntil(socket, "never")).contains("0\r\n\r\n");
    }
  }

  @Test
  void aPeerThatOnlyListensIsNotCutHoweverLong() throws Exception {
    try (Socket socket = ask("GET")) {
      readUntil(socket, "data: lines\n\n");
      // Longer than every patience of this server.
      assertThat(texts.poll(4 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isNull();
      texts.add("still here");
      assertThat(readUntil(socket, "still here\n\n")).contains("still here");
      texts.add("end");
    }
    assertThat(registry.scrape()).doesNotContain("status=\"500\"");
  }

  @Test
  void aPeerThatTakesNothingIsCut() throws Exception {
    try (Socket socket = ask("GET")) {
      readUntil(socket, "data: lines\n\n");
      String megabyte = "x".repeat(1 << 20);
      for (int i = 0; i < 64; i++) {
        texts.add(megabyte);
      }
      await().atMost(Duration.ofSeconds(10)).until(() -> over.get() == 1);
    } finally {
      texts.clear();
    }
  }

  @Test
  void aPeerThatIsGoneIsNoticedWithTheNextWord() throws Exception {
    try (Socket socket = ask("GET")) {
      readUntil(socket, "data: lines\n\n");
      socket.setSoLinger(true, 0);
    }
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> {
          texts.add("");
          return over.get() == 1;
        });
  }

  @Test
  void whoAsksForTheHeadersAloneIsNotHeld() throws IOException {
    texts.add("end");
    try (Socket socket = ask("HEAD")) {
      assertThat(readUntil(socket, "never")).contains("200 OK").doesNotContain("hello");
    }
  }
}
