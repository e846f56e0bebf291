package tongguan.exchange.sending;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import tongguan.base.Json;
import tools.jackson.databind.JsonNode;

/**
 * Sends message files to a running platform by the same way as every other sender. Where the
 * platform is busy or its answer is lost, the same transmission goes again under the same key, so
 * that nothing is applied twice.
 */
public final class Import {
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(5);
  private static final int TRIES = 120;

  /** As many as keep two cores busy; a platform works on four at a time. */
  private static final int AT_A_TIME = 3;

  private static final int LONGEST_PAUSE_SECONDS = 30;

  private final URI messages;
  private final String token;
  private final String language;
  private final boolean compresses;
  private final HttpClient client;

  /**
   * @param url where the platform is, such as {@code http://127.0.0.1:8080}
   * @param token the sending system's credential
   * @param language of the reasons: {@code zh-TW} or {@code en}
   */
  public Import(URI url, String token, String language) {
    this.messages = url.resolve("/api/v1/messages");
    this.token = token;
    this.language = language;
    // Within one machine compressing costs more than it saves.
    this.compresses = !List.of("127.0.0.1", "localhost", "[::1]").contains(url.getHost());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** What became of files, added up. */
  public record Counts(long applied, long known, long quarantined, long refused) {
    static final Counts NONE = new Counts(0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          applied + other.applied,
          known + other.known,
          quarantined + other.quarantined,
          refused + other.refused);
    }

    public long messages() {
      return applied + known + quarantined;
    }

    /** Whether everything is in the record. */
    public boolean isClean() {
      return quarantined == 0 && refused == 0;
    }
  }

  /**
   * What became of one file.
   *
   * @param complaints a line for each quarantined message, and for each transmission that was
   *     refused as a whole
   */
  public record Sent(Path file, Counts counts, List<String> complaints) {}

  /** The platform cannot be reached, or does not know the credential: nothing more can be sent. */
  public static final class Hopeless extends IOException {
    private static final long serialVersionUID = 1;

    Hopeless(String sentence) {
      super(sentence);
    }
  }

  /**
   * Sends files, some at a time, and tells of each in the given order. What they tell does not
   * depend on the order in which they arrive.
   */
  public Counts send(List<Path> files, Consumer<Sent> progress) throws IOException {
    Counts sum = Counts.NONE;
    Deque<Future<Sent>> underWay = new ArrayDeque<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (Path file : files) {
          if (underWay.size() == AT_A_TIME) {
            sum = sum.plus(told(underWay.remove(), progress));
          }
          underWay.add(senders.submit(() -> send(file)));
        }
        while (!underWay.isEmpty()) {
          sum = sum.plus(told(underWay.remove(), progress));
        }
      } finally {
        senders.shutdownNow();
      }
    }
    return sum;
  }

  private static Counts told(Future<Sent> sending, Consumer<Sent> progress) throws IOException {
    try {
      Sent sent = sending.get();
      progress.accept(sent);
      return sent.counts();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("a file could not be sent", failed.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Hopeless("interrupted");
    }
  }

  private Sent send(Path file) throws IOException {
    MessageFile messageFile =
        MessageFile.of(file).orElseThrow(() -> new IOException("not a file of messages: " + file));
    Tally tally = new Tally();
    try {
      messageFile.parts(body -> {
        tally.add(post(messageFile.mediaType(), body));
        return true;
      });
    } catch (MessageFile.TooLarge tooLarge) {
      tally.refuse(String.valueOf(tooLarge.getMessage()));
    }
    return new Sent(file, tally.counts, List.copyOf(tally.complaints));
  }

  /** What the answers for one file add up to. */
  private static final class Tally {
    private Counts counts = Counts.NONE;
    private final List<String> complaints = new ArrayList<>();

    void add(HttpResponse<byte[]> response) throws IOException {
      JsonNode reply = parsed(response);
      if (response.statusCode() != 200) {
        String detail = reply.at("/reason/text").asString("");
        refuse(
            "refused (%d): %s %s"
                .formatted(
                    response.statusCode(), reply.path("title").asString("no reason given"), detail)
                .strip());
        return;
      }
      counts =
          counts.plus(
              new Counts(
                  reply.path("applied").longValue(),
                  reply.path("known").longValue(),
                  reply.path("quarantined").longValue(),
                  0));
      for (JsonNode message : reply.path("messages")) {
        if (message.path("outcome").asString("").equals("quarantined")) {
          complaints.add(complaint(message));
        }
      }
    }

    void refuse(String complaint) {
      complaints.add(complaint);
      counts = counts.plus(new Counts(0, 0, 0, 1));
    }

    private static String complaint(JsonNode message) {
      String place = message.at("/reason/where").asString("");
      return "message %d %s %s: %s%s"
          .formatted(
              message.path("position").intValue(),
              message.path("kind").asString("?"),
              message.path("reference").asString(""),
              message.at("/reason/text").asString(""),
              place.isEmpty() ? "" : " [" + place + "]");
    }

    private static JsonNode parsed(HttpResponse<byte[]> response) throws IOException {
      try {
        return Json.read(response.body());
      } catch (Json.Malformed notOurs) {
        throw new Hopeless(
            "What answers at this address (%d) is not a Tongguan platform."
                .formatted(response.statusCode()));
      }
    }
  }

  private HttpResponse<byte[]> post(String mediaType, byte[] body) throws IOException {
    HttpRequest request = request(mediaType, body);
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<byte[]> response =
            client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() == 401 || response.statusCode() == 403) {
          throw new Hopeless("The platform does not accept this credential.");
        }
        boolean later = response.statusCode() == 503 || response.statusCode() == 429;
        if (!later || attempt == TRIES) {
          return response;
        }
        pause(retryAfter(response));
      } catch (ConnectException away) {
        throw new Hopeless(
            "No platform answers at %s; start it with ./tongguan run, or say --url."
                .formatted(messages.resolve("/")));
      } catch (Hopeless hopeless) {
        throw hopeless;
      } catch (IOException lost) {
        // The answer was lost, the messages may be in: the same again, under the same key.
        if (attempt >= 5) {
          throw new Hopeless("The connection breaks again and again: " + lost.getMessage());
        }
        pause(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Hopeless("interrupted");
      }
    }
  }

  private HttpRequest request(String mediaType, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(messages)
            .timeout(ANSWER_WITHIN)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", mediaType)
            .header("Accept-Language", language)
            .header("Idempotency-Key", UUID.randomUUID().toString());
    if (compresses) {
      request.header("Content-Encoding", "gzip");
    }
    byte[] wire = compresses ? gzip(body) : body;
    return request.POST(HttpRequest.BodyPublishers.ofByteArray(wire)).build();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4);
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static int retryAfter(HttpResponse<?> response) {
    String text = response.headers().firstValue("Retry-After").orElse("1");
    return text.matches("[0-9]{1,4}")
        ? Math.clamp(Integer.parseInt(text), 1, LONGEST_PAUSE_SECONDS)
        : 1;
  }

  private static void pause(int seconds) throws Hopeless {
    try {
      Thread.sleep(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Hopeless("interrupted");
    }
  }
}
