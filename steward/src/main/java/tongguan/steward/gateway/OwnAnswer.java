package tongguan.steward.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tongguan.steward.base.Json;
import tongguan.steward.wire.Fields;
import tongguan.steward.wire.Head;
import tools.jackson.databind.node.ObjectNode;

/** What the gateway says itself, in both languages, because it does not know the reader's. */
record OwnAnswer(int status, String type, String body) {
  private static final Map<Integer, String> REASONS =
      Map.of(
          400, "Bad Request",
          403, "Forbidden",
          405, "Method Not Allowed",
          421, "Misdirected Request",
          431, "Request Header Fields Too Large",
          501, "Not Implemented",
          502, "Bad Gateway",
          503, "Service Unavailable",
          505, "HTTP Version Not Supported");

  static OwnAnswer problem(int status, String code, String zh, String en) {
    ObjectNode problem = Json.object();
    problem.put("type", "about:blank");
    problem.put("title", zh + " " + en);
    problem.put("status", status);
    problem.put("code", code);
    return new OwnAnswer(status, "application/problem+json", Json.write(problem));
  }

  static OwnAnswer badRequest(int status) {
    return problem(
        status, "bad-request", "行動e管家看不懂這個要求。", "The steward does not understand this request.");
  }

  static OwnAnswer platformAway() {
    return problem(
        502,
        "platform-away",
        "目前連不到平台，請稍後再試。",
        "The platform cannot be reached now; try again later.");
  }

  static OwnAnswer foreignHost() {
    return problem(421, "foreign-host", "此位址僅供本機使用。", "This address serves this machine only.");
  }

  static OwnAnswer busy() {
    return problem(503, "busy", "本機連線過多，請稍後再試。", "Too many connections on this machine.");
  }

  static OwnAnswer notEnrolled() {
    return page(
        "此裝置尚未註冊",
        "請向裝置管理人員索取註冊碼，並執行 steward enrol。",
        "This device is not enrolled",
        "Ask your administrator for an enrolment code and run steward enrol.");
  }

  static OwnAnswer wiped() {
    return page(
        "此裝置已清除",
        "裝置上的資料與金鑰已銷毀。請交還裝置管理人員重新註冊。",
        "This device has been wiped",
        "Its data and keys are destroyed. Return it to your administrator to be enrolled anew.");
  }

  private static OwnAnswer page(String zhTitle, String zh, String enTitle, String en) {
    return new OwnAnswer(
        503,
        "text/html; charset=utf-8",
        """
        <!doctype html>
        <html lang="zh-Hant"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width"><title>%1$s · %3$s</title></head>
        <body><main><h1>%1$s</h1><p>%2$s</p>
        <section lang="en"><h2>%3$s</h2><p>%4$s</p></section></main></body></html>
        """
            .formatted(zhTitle, zh, enTitle, en));
  }

  /** The connection ends behind it: after a refusal nobody knows where a next request begins. */
  byte[] bytes(boolean withBody) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    Fields fields =
        new Fields()
            .add("Content-Type", type)
            .add("Content-Length", Integer.toString(content.length))
            .add("Cache-Control", "no-store")
            .add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            .add("X-Content-Type-Options", "nosniff")
            .add("Connection", "close");
    if (type.startsWith("text/html")) {
      // What the browser kept of the platform goes, too.
      fields.add("Clear-Site-Data", "\"*\"");
    }
    byte[] head =
        new Head("HTTP/1.1 " + status + " " + REASONS.getOrDefault(status, "Error"), fields)
            .bytes();
    byte[] all = new byte[head.length + (withBody ? content.length : 0)];
    System.arraycopy(head, 0, all, 0, head.length);
    if (withBody) {
      System.arraycopy(content, 0, all, head.length, content.length);
    }
    return all;
  }
}
