package tongguan.base.http;

import io.helidon.http.HeaderNames;
import java.util.LinkedHashMap;
import java.util.Map;
import tongguan.base.Json;
import tongguan.base.Problem;

/** A problem on the wire (RFC 9457), in the reader's language. */
final class ProblemAnswer {
  private ProblemAnswer() {}

  static void send(Call call, Problem problem) {
    if (call.response().isSent()) {
      return;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("code", problem.code());
    body.put("title", problem.title().in(call.chinese()));
    body.put("status", problem.status());
    body.put("correlation", call.correlation());
    body.putAll(problem.members());
    Object retryAfter = body.remove(Problem.RETRY_AFTER);
    if (retryAfter != null) {
      call.header("Retry-After", retryAfter.toString());
    }
    call.response().headers().remove(HeaderNames.ETAG);
    call.header("Cache-Control", "no-store");
    call.header("Content-Language", call.chinese() ? "zh-TW" : "en");
    call.respond(problem.status(), "application/problem+json", Json.bytes(body));
  }
}
