package tongguan.base;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that gets no for an answer (RFC 9457). The one exception that routes let through: the
 * web server turns it into {@code application/problem+json} with the stable code, the reader's
 * language and a correlation id. It never carries internals.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Texts title;
  private final int status;
  private final String code;
  private @Nullable Throwable reason;
  private final transient Map<String, Object> members = new LinkedHashMap<>();

  /** A sentence in both languages of the platform. */
  public record Texts(String zh, String en) {
    public String in(boolean chinese) {
      return chinese ? zh : en;
    }
  }

  private Problem(int status, String code, Texts title) {
    // Problems are answers, not faults: no stack trace is taken, so that refusing is cheap under
    // load.
    super(code, null, false, false);
    this.status = status;
    this.code = code;
    this.title = title;
  }

  public static Problem of(int status, String code, String zh, String en) {
    return new Problem(status, code, new Texts(zh, en));
  }

  public static Problem badRequest(String code, String zh, String en) {
    return of(400, code, zh, en);
  }

  public static Problem tooLarge(long limitBytes) {
    return of(413, "too-large", "內容超過上限。", "The content is larger than the limit.")
        .with("limitBytes", limitBytes);
  }

  /** The platform cannot answer now; the same request may be sent again after the given seconds. */
  public static Problem unavailable(String code, int retryAfterSeconds, String zh, String en) {
    return of(503, code, zh, en).with(RETRY_AFTER, retryAfterSeconds);
  }

  public static final String RETRY_AFTER = "retryAfter";

  /** Adds a member to the answer: a value that JSON can carry. */
  public Problem with(String name, Object value) {
    members.put(name, value);
    return this;
  }

  /** What lies behind it, for the log only. */
  public Problem because(Throwable reason) {
    this.reason = reason;
    return this;
  }

  @Override
  public synchronized @Nullable Throwable getCause() {
    return reason;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public Texts title() {
    return title;
  }

  public Map<String, Object> members() {
    return members;
  }
}
