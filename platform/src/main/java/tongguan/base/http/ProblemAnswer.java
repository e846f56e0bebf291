package tongguan.base.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tongguan.base.Json;
import tongguan.base.Problem;

/** A problem on the wire (RFC 9457), in the reader's language. */
final class ProblemAnswer {
  static final String MEDIA_TYPE = "application/problem+json";

  private ProblemAnswer() {}

  static void send(Call call, Problem problem) {
    retryAfter(problem).ifPresent(seconds -> call.header("Retry-After", seconds));
    call.header("Cache-Control", "no-store");
    call.header("Content-Language", call.chinese() ? "zh-TW" : "en");
    call.respond(
        problem.status(),
        MEDIA_TYPE,
        Json.bytes(body(problem, call.correlation(), call.chinese())));
  }

  static Map<String, Object> body(Problem problem, String correlation, boolean chinese) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("code", problem.code());
    body.put("title", problem.title().in(chinese));
    body.put("status", problem.status());
    body.put("correlation", correlation);
    body.putAll(problem.members());
    body.remove(Problem.RETRY_AFTER);
    return body;
  }

  static Optional<String> retryAfter(Problem problem) {
    return Optional.ofNullable(problem.members().get(Problem.RETRY_AFTER)).map(Object::toString);
  }
}
