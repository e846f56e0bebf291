package tongguan.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntFunction;
import tongguan.base.Json;
import tools.jackson.databind.JsonNode;

/**
 * An officer of the drill: takes a declaration, asks what may be done next, does one of it, and
 * sends the same request again, at the one node or the other, until it has an answer.
 */
final class DrillOfficer {
  private static final List<String> SYSTEMS = List.of("sea", "air", "customs");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int TRIES = 400;

  private final SignedIn.In who;
  private final IntFunction<URI> nodes;
  private final SplittableRandom random;
  private final HttpClient client;
  private int node;

  DrillOfficer(SignedIn.In who, IntFunction<URI> nodes, SplittableRandom random) {
    this.who = who;
    this.nodes = nodes;
    this.random = random;
    this.node = random.nextInt(2);
    this.client = HttpClient.newHttpClient();
  }

  /** What came of one press. */
  sealed interface Press {
    /** The platform said that it is done. */
    record Acknowledged(UUID command, String declaration, String act) implements Press {}

    /** It said no, and why. */
    record Refused(String code) implements Press {}

    /** There was nothing to do. */
    record Idle() implements Press {}

    /** No answer for as long as an officer would try. */
    record Unanswered() implements Press {}
  }

  /** One act on the next declaration that waits for somebody. */
  Press press(BlockingQueue<String> declarations) throws InterruptedException {
    String declaration = declarations.take();
    try {
      return press(declaration);
    } finally {
      declarations.put(declaration);
    }
  }

  private Press press(String declaration) throws InterruptedException {
    String at =
        "/api/v1/declarations/"
            + URLEncoder.encode(declaration.replace(" ", ""), StandardCharsets.UTF_8);
    Optional<Answer> next = answer(at + "/next", "GET", Map.of(), "");
    if (next.isEmpty() || next.get().status() != 200) {
      return next.isEmpty() ? new Press.Unanswered() : new Press.Refused(next.get().code());
    }
    Optional<Map<String, Object>> wish = wish(next.get().body());
    if (wish.isEmpty()) {
      return new Press.Idle();
    }
    String act = String.valueOf(wish.get().get("act"));
    String path = at + (DrillActs.isApproval(next.get().body(), act) ? "/approvals" : "/acts");
    Optional<Answer> draft = answer(path + "/draft", "POST", wish.get(), "");
    if (draft.isPresent() && draft.get().code().equals("core-sign-in-needed")) {
      signInAtCores();
      draft = answer(path + "/draft", "POST", wish.get(), "");
    }
    if (draft.isEmpty() || draft.get().status() != 200) {
      return draft.isEmpty() ? new Press.Unanswered() : new Press.Refused(draft.get().code());
    }
    return confirm(
        path, declaration, wish.get(), draft.get().body().path("confirmation").stringValue(""));
  }

  private Press confirm(String path, String declaration, Map<String, Object> wish, String nonce)
      throws InterruptedException {
    Map<String, Object> body =
        Map.of("input", wish, "confirmation", nonce, "password", who.password());
    Optional<Answer> done = answer(path, "POST", body, UUID.randomUUID().toString());
    if (done.isEmpty()) {
      return new Press.Unanswered();
    }
    return done.get().status() == 200
        ? new Press.Acknowledged(
            UUID.fromString(done.get().body().path("command").stringValue("")),
            declaration,
            String.valueOf(wish.get("act")))
        : new Press.Refused(done.get().code());
  }

  private Optional<Map<String, Object>> wish(JsonNode next) {
    List<Map<String, Object>> possible = DrillActs.possible(next, random);
    return possible.isEmpty()
        ? Optional.empty()
        : Optional.of(possible.get(random.nextInt(possible.size())));
  }

  /** Sign-ins are in the memory of a node, and gone with it. */
  private void signInAtCores() throws InterruptedException {
    for (String system : SYSTEMS) {
      Optional<Answer> _ =
          once(
              "/api/v1/core/" + system + "/sign-in",
              "POST",
              Map.of("user", "wang", "password", system + " wang 1"),
              "");
    }
  }

  private record Answer(int status, JsonNode body) {
    String code() {
      return body.path("code").stringValue("status-" + status);
    }
  }

  /** Tries again, with the same key, where nobody answered or it was said to come back. */
  private Optional<Answer> answer(String path, String method, Map<String, Object> body, String key)
      throws InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      Optional<Answer> answer = once(path, method, body, key);
      if (answer.isPresent() && answer.get().status() < 500 && answer.get().status() != 429) {
        return answer;
      }
      Thread.sleep(100 + random.nextInt(200));
      node = 1 - node;
    }
    return Optional.empty();
  }

  private Optional<Answer> once(String path, String method, Map<String, Object> body, String key)
      throws InterruptedException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(nodes.apply(node).resolve(path))
              .timeout(PATIENCE)
              .header("Cookie", who.cookie())
              .header("Accept-Language", "en");
      if (method.equals("POST")) {
        request
            .header("Content-Type", "application/json")
            .header("X-CSRF-Token", who.csrf())
            .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)));
      }
      if (!key.isEmpty()) {
        request.header("Idempotency-Key", key);
      }
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return Optional.of(new Answer(response.statusCode(), Json.read(response.body())));
    } catch (IOException | Json.Malformed away) {
      return Optional.empty();
    }
  }
}
