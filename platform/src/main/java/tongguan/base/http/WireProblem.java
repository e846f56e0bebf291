package tongguan.base.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;

/** Problems of the wire itself: requests that the server refuses before a route is found. */
final class WireProblem implements DirectHandler {
  private final Ids ids;

  private WireProblem(Ids ids) {
    this.ids = ids;
  }

  static DirectHandlers handlers(Ids ids) {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, new WireProblem(ids));
    }
    return handlers.build();
  }

  static Problem of(Status status) {
    return switch (status.code()) {
      case 404 -> Problem.of(404, "not-found", "找不到此路徑。", "There is nothing at this path.");
      case 408 -> Problem.of(408, "too-slow", "傳送逾時。", "The request took too long to arrive.");
      case 413 -> Problem.tooLarge(Limits.TRANSMISSION_BYTES);
      case 414 -> Problem.of(414, "address-too-long", "網址過長。", "The address is too long.");
      case 501 ->
          Problem.of(501, "transfer-coding", "不支援此傳輸編碼。", "This transfer coding is not supported.");
      case 503 ->
          Problem.unavailable(
              "overloaded", 1, "系統忙碌，請稍後再試。", "The platform is busy; try again in a moment.");
      case 505 -> Problem.of(505, "http-version", "請使用 HTTP/1.1。", "Use HTTP/1.1.");
      default -> status.code() < 500 ? malformed() : internal();
    };
  }

  private static Problem malformed() {
    return Problem.badRequest(
        "malformed-request", "要求不符合 HTTP 格式。", "The request is not well-formed HTTP.");
  }

  static Problem internal() {
    return Problem.of(
        500,
        "internal",
        "系統發生未預期的錯誤，已記錄。",
        "Something unforeseen went wrong; it has been recorded.");
  }

  /** The message of the server is not passed on: it may quote what was sent. */
  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    // Whatever fails before a route is found fails because of what was sent; failures of our own
    // are
    // answered by Serving.
    Problem problem = event == EventType.INTERNAL_ERROR ? malformed() : of(status);
    String correlation = ids.next().toString();
    boolean chinese = Call.chinese(request.headers().first(HeaderNames.ACCEPT_LANGUAGE));
    TransportResponse.Builder response =
        TransportResponse.builder()
            .status(Status.create(problem.status()))
            .keepAlive(false)
            .entity(Json.bytes(ProblemAnswer.body(problem, correlation, chinese)))
            .header(HeaderNames.CONTENT_TYPE, ProblemAnswer.MEDIA_TYPE)
            .header(HeaderNames.CONTENT_LANGUAGE, chinese ? "zh-TW" : "en")
            .header(HeaderNames.create("X-Correlation-Id"), correlation);
    SecurityHeaders.ALWAYS.forEach(response::header);
    ProblemAnswer.retryAfter(problem)
        .ifPresent(seconds -> response.header(HeaderNames.RETRY_AFTER, seconds));
    return response.build();
  }
}
